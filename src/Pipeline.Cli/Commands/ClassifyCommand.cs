using System.CommandLine;
using Pipeline.Cli.Classifying;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline classify</c>: pictures of this machine, without any service.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Picture files, or folders whose pictures are taken, at any depth.",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = ModelOption.Create();
        var json = new Option<bool>("--json") { Description = "Print one JSON array instead of a table." };
        var command = new Command("classify", "Classify pictures of this machine: pipeline classify photo.jpg holiday/ --json")
        {
            paths,
            model,
            json,
            TraceStartOption.Create(),
        };
        command.SetAction((result, cancellationToken) =>
            ClassifyRun.RunAsync(result.GetRequiredValue(paths), result.GetRequiredValue(model), result.GetValue(json), cancellationToken));
        return command;
    }
}
