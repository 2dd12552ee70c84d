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
        paths.RefuseOptions();
        var json = new Option<bool>("--json") { Description = "Print one JSON array instead of a table." };
        var csv = new Option<bool>("--csv") { Description = "Print comma-separated values, a line each, instead of a table." };
        var command = new Command("classify", "Classify pictures of this machine, without any service.")
        {
            paths,
            model,
            json,
            csv,
            TraceStartOption.Create(),
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv))
            {
                result.AddError("Give --json or --csv, not both.");
            }
        });
        command.SetAction((result, cancellationToken) =>
            ClassifyRun.RunAsync(result.GetRequiredValue(paths), result.GetRequiredValue(model), FormatOf(result), cancellationToken));
        return command;

        ClassifyFormat FormatOf(ParseResult result) =>
            result.GetValue(json) ? ClassifyFormat.Json : result.GetValue(csv) ? ClassifyFormat.Csv : ClassifyFormat.Table;
    }
}
