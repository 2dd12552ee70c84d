using System.CommandLine;
using Pipeline.Cli.Initializing;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline model init</c>: writes how a model is fed.</summary>
internal static class ModelInitCommand
{
    public static Command Create()
    {
        var folder = ModelFolderArgument.Create("A SavedModel: a folder with saved_model.pb and variables/.");
        var keys = new ManifestOptions();
        var hash = new Option<bool>("--sha256") { Description = "Write the SHA-256 of the model's files too, so that no other files are served under this manifest." };
        var force = new Option<bool>("--force", "-f") { Description = "Overwrite a model.json that is there." };
        var json = JsonOption.Create();
        var command = new Command("init", "Write model.json: what the model's files tell is filled in, options say the rest, and a terminal is asked what is still open.") { folder };
        keys.AddTo(command);
        command.Add(hash);
        command.Add(force);
        command.Add(json);
        command.SetAction((result, cancellationToken) => InitRun.RunAsync(
            new InitOptions(result.GetRequiredValue(folder), keys.Read(result), result.GetValue(hash), result.GetValue(force), result.GetValue(json)), cancellationToken));
        return command;
    }
}
