using System.CommandLine;
using Pipeline.Cli.Verifying;
using Pipeline.Cli.Verifying.Recorded;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline model verify</c>: whether a model is fed and run rightly.</summary>
internal static class ModelVerifyCommand
{
    private const int UsualLimit = 200;

    public static Command Create()
    {
        var folder = ModelFolderArgument.Create("A SavedModel: a folder with saved_model.pb and variables/, with or without model.json.");
        var images = new Option<string?>("--images", "-i") { Description = "A folder whose sub-folders are named as labels and hold pictures of them.", HelpName = "folder" };
        var recorded = new Option<string?>("--recorded", "-r") { Description = "A folder of recorded inputs and outputs: index.json and tensors.bin.", HelpName = "folder" };
        var recordedAs = new Option<string?>("--recorded-as") { Description = "With --recorded: the path under which the model was recorded. Default: its folder's.", HelpName = "path" };
        var limit = new Option<int>("--limit") { Description = "The most pictures, evenly of all labels.", HelpName = "number", DefaultValueFactory = _ => UsualLimit };
        var write = new Option<bool>("--write", "-w") { Description = "With --images: write the winner as model.json." };
        var force = new Option<bool>("--force", "-f") { Description = "With --write: overwrite a model.json that is there." };
        var json = JsonOption.Create();
        var keys = new ManifestOptions();
        var command = new Command("verify", "Find out with labelled pictures which way of feeding a model is right, or hold it against outputs that TensorFlow gave for it.")
        {
            folder,
            images,
            recorded,
            recordedAs,
            limit,
            write,
            force,
            json,
        };
        keys.AddTo(command);
        command.Validators.Add(result =>
        {
            var given = (string?[])[result.GetValue(images), result.GetValue(recorded)];
            if (given.Count(path => path is not null) != 1)
            {
                result.AddError("Say what to verify with: --images FOLDER or --recorded FOLDER.");
            }

            foreach (var path in given.Where(path => path is not null && !Directory.Exists(path)))
            {
                result.AddError($"There is no such folder: '{path}'.");
            }

            if (result.GetValue(write) && result.GetValue(images) is null)
            {
                result.AddError("--write needs --images: recorded outputs do not tell how pictures are fed.");
            }
        });
        limit.Validators.Add(result =>
        {
            // What is no number at all has its own error already.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number < 1)
            {
                result.AddError($"--limit is {number}; at least 1 is needed.");
            }
        });
        command.SetAction((result, cancellationToken) =>
        {
            var options = new VerifyOptions(
                result.GetRequiredValue(folder),
                result.GetValue(images),
                result.GetValue(recorded),
                result.GetValue(recordedAs),
                keys.Read(result),
                result.GetValue(limit),
                result.GetValue(write),
                result.GetValue(force),
                result.GetValue(json));
            return options.Recorded is null ? VerifyRun.RunAsync(options, cancellationToken) : RecordedRun.RunAsync(options, cancellationToken);
        });
        return command;
    }
}
