using System.CommandLine;
using Pipeline.Cli.Initializing;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline model init</c>: writes how a model is fed.</summary>
internal static class ModelInitCommand
{
    private const string Examples = """
        Write model.json for a model: what its files tell is filled in, options say the rest, and a terminal is asked what is still open.

        Examples:
          pipeline model init model/
          pipeline model init model/ --resize tf-bilinear --mean 127.5 --std 127.5
          pipeline model init model/ --resize pil-bilinear --mean 123.675,116.28,103.53 --std 58.395,57.12,57.375
          pipeline model init model/ --labels ../labels.txt --threshold 0.4 --label-threshold weapon=0.8 --ignore background
        """;

    public static Command Create()
    {
        var folder = ModelFolderArgument.Create("A SavedModel: a folder with saved_model.pb and variables/.");
        var keys = new ManifestOptions();
        var hash = new Option<bool>("--sha256") { Description = "Write the SHA-256 of the model's files too, so that no other files are served under this manifest." };
        var force = new Option<bool>("--force", "-f") { Description = "Overwrite a model.json that is there." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of text; nothing is asked." };
        var command = new Command("init", Examples) { folder };
        keys.AddTo(command);
        command.Add(hash);
        command.Add(force);
        command.Add(json);
        command.SetAction((result, cancellationToken) => InitRun.RunAsync(
            new InitOptions(result.GetRequiredValue(folder), keys.Read(result), result.GetValue(hash), result.GetValue(force), result.GetValue(json)), cancellationToken));
        return command;
    }
}
