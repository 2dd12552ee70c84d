using System.CommandLine;
using Pipeline.Cli.Benching;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline model bench</c>: how fast a model runs on this machine.</summary>
internal static class ModelBenchCommand
{
    public static Command Create()
    {
        var selection = new ModelSelectionOptions();
        var runs = new Option<int?>("--runs") { Description = "How many runs are measured. Default: as many as fit into five seconds, at least ten.", HelpName = "number" };
        runs.Validators.Add(result =>
        {
            // What is no number at all has its own error already.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number < 1)
            {
                result.AddError($"--runs is {number}; at least 1 is needed.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of text." };
        var command = new Command("bench", "Run a model on made-up values and say how long it takes, beside what the machine could do.");
        var steps = new Option<bool>("--steps") { Description = "List every step in order. Default: the slowest." };
        var interpret = new Option<bool>("--interpret") { Description = "Interpret the model node by node, the slow reference, instead of compiling a plan." };
        selection.AddTo(command);
        command.Add(runs);
        command.Add(steps);
        command.Add(interpret);
        command.Add(json);
        command.SetAction((result, cancellationToken) =>
            BenchRun.RunAsync(
                selection.Read(result),
                new BenchOptions(result.GetValue(runs), !result.GetValue(interpret), result.GetValue(steps), result.GetValue(json)),
                cancellationToken));
        return command;
    }
}
