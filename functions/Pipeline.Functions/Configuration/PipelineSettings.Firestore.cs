using Pipeline.Firebase.Firestore;
using Pipeline.Hosting.Startup;

namespace Pipeline.Functions.Configuration;

internal sealed partial record PipelineSettings
{
    /// <summary>The project of an emulator where none is named: the prefix tells Firebase's tools that there is no such project.</summary>
    private const string EmulatorProject = "demo-pipeline";

    /// <summary>
    /// Documents are in Firestore where a project is named for it, where an emulator is, and on Cloud Run, whose disks are memory. A project that is
    /// only known from the environment of a developer's machine changes nothing.
    /// </summary>
    private static FirestoreOptions? ReadFirestore(ConfigurationReader reader, GoogleEnvironment google)
    {
        var emulator = reader.OptionalText("Firestore:EmulatorHost") ?? google.FirestoreEmulator;
        var named = reader.OptionalText("Firestore:Project");
        var defaults = new FirestoreOptions(named ?? google.ProjectId ?? (emulator is null ? string.Empty : EmulatorProject));
        var options = defaults with
        {
            Database = reader.Text("Firestore:Database", defaults.Database),
            EmulatorHost = emulator,
            ConnectTimeout = reader.Duration("Firestore:ConnectTimeout", defaults.ConnectTimeout),
            RequestTimeout = reader.Duration("Firestore:RequestTimeout", defaults.RequestTimeout),
            TotalTimeout = reader.Duration("Firestore:TotalTimeout", defaults.TotalTimeout),
            RetryDelay = reader.Duration("Firestore:RetryDelay", defaults.RetryDelay),
            MaxAnswerBytes = (int)reader.Integer("Firestore:MaxAnswerBytes", defaults.MaxAnswerBytes, int.MinValue, int.MaxValue),
        };
        var isWanted = named is not null || emulator is not null || google.IsCloudRun && !NamesEmbeddedDocuments(reader);
        return isWanted ? options : null;
    }

    private static bool NamesEmbeddedDocuments(ConfigurationReader reader) =>
        reader.OptionalText("Embedded:Documents") is not null || reader.OptionalText("Embedded:Data") is not null;
}
