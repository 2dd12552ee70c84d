using Pipeline.Firebase.CloudStorage;
using Pipeline.Hosting;
using Pipeline.Hosting.Startup;
using Pipeline.Worker;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Functions.Configuration;

internal sealed partial record PipelineSettings
{
    /// <summary>Notes everything that is wrong with the values, each with its setting.</summary>
    /// <param name="needsModels">Whether the target classifies: only then must the models that rules name be configured.</param>
    public void NoteErrors(ConfigurationReader reader, HostingOptions hosting, bool needsModels)
    {
        if (hosting.DrainTime + Worker.ShutdownTimeout > FunctionHost.ShutdownTime)
        {
            reader.AddError(
                $"{ConfigurationReader.Root}:Hosting:DrainTime ({hosting.DrainTime}) and {ConfigurationReader.Root}:ShutdownTimeout ({Worker.ShutdownTimeout}) "
                + $"must not be more than {FunctionHost.ShutdownTime} together.");
        }

        Note(reader, Worker.Validate(), WorkerSettingOf);
        Note(reader, Classification.Validate().Where(error => error.Key != nameof(ClassificationOptions.MaxBytes)), LimitOf);
        Note(reader, Models.Validate(), ModelSettingOf);
        NoteWrongFolders(reader);
        if (needsModels)
        {
            NoteUnknownModels(reader);
        }

        Note(reader, "Embedded", Documents.Validate().Concat(Bucket.Validate()).Concat(Endpoint.Validate()));
        Note(reader, "Storage", Storage.Validate());
        Note(reader, "Firestore", Firestore?.Validate() ?? []);
        Note(reader, "Callers", Callers.Validate());
        Note(reader, "Users", Users.Validate());
        Note(reader, "WarmUp", WarmUp.Validate());
    }

    private void NoteWrongFolders(ConfigurationReader reader)
    {
        for (var index = 0; index < Models.Models.Count; index++)
        {
            if (CloudFolder.IsMeant(Models.Models[index].Folder) && CloudFolder.Parse(Models.Models[index].Folder) is null)
            {
                reader.AddError($"{ConfigurationReader.Root}:Models:{index}:Folder: '{Models.Models[index].Folder}' names no folder of a bucket; it must be gs://BUCKET/PREFIX.");
            }
        }
    }

    private void NoteUnknownModels(ConfigurationReader reader)
    {
        for (var index = 0; index < Worker.Rules.Count; index++)
        {
            if (Worker.Rules[index].Model is { } name && Models.Models.All(model => model.Name != name))
            {
                var known = string.Join(", ", Models.Models.Select(model => model.Name));
                reader.AddError($"{ConfigurationReader.Root}:Rules:{index}:Model: '{name}' is none of the models: {known}.");
            }
        }
    }

    private static void Note(ConfigurationReader reader, IEnumerable<OptionError> errors, Func<string, string> settingOf)
    {
        foreach (var error in errors)
        {
            reader.AddError($"{ConfigurationReader.Root}:{settingOf(error.Key)}: {error.Message}");
        }
    }

    private static void Note(ConfigurationReader reader, string section, IEnumerable<string> errors)
    {
        foreach (var error in errors)
        {
            reader.AddError($"{ConfigurationReader.Root}:{section}: {error}");
        }
    }

    private static string WorkerSettingOf(string option) => option == nameof(WorkerOptions.MaxBytes) ? "Limits:MaxBytes" : option;

    private static string LimitOf(string option) => option switch
    {
        nameof(ClassificationOptions.MaxConcurrency) => "Limits:Concurrency",
        "Decoding:MaxPixels" => "Limits:MaxPixels",
        "Decoding:MaxSide" => "Limits:MaxSide",
        "Decoding:MaxMemory" => "Limits:MaxDecodeMemory",
        "Decoding:MaxTime" => "Limits:MaxDecodeTime",
        _ => $"Limits:{option}",
    };

    private static string ModelSettingOf(string option) =>
        option is nameof(ModelStoreOptions.ReadyWait)
            or nameof(ModelStoreOptions.RetryAfter)
            or nameof(ModelStoreOptions.PollInterval)
            or nameof(ModelStoreOptions.SettleTime)
            ? $"Model{option}"
            : option;
}
