using System.CommandLine;
using Pipeline.Cli.Benching;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline model bench</c>: how fast a model runs on this machine.</summary>
internal static class ModelBenchCommand
{
    public static Command Create()
    {
        var selection = new ModelSelectionOptions();
        var runs = OneOrMore("--runs", "How many runs are measured. Default: as many as fit into five seconds, at least ten.");
        var threads = OneOrMore("--threads", "The most threads that work on a run, its own included. Default: as many as there are processors to be used; more are not taken.");
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of text." };
        var command = new Command("bench", "Run a model on made-up values and say how long it takes, beside what the machine could do.");
        var steps = new Option<bool>("--steps") { Description = "List every step in order. Default: the slowest." };
        var interpret = new Option<bool>("--interpret") { Description = "Interpret the model node by node, the slow reference, instead of compiling a plan." };
        selection.AddTo(command);
        command.Add(runs);
        command.Add(threads);
        command.Add(steps);
        command.Add(interpret);
        command.Add(json);
        command.SetAction((result, cancellationToken) =>
            BenchRun.RunAsync(
                selection.Read(result),
                new BenchOptions(result.GetValue(runs), result.GetValue(threads), !result.GetValue(interpret), result.GetValue(steps), result.GetValue(json)),
                cancellationToken));
        return command;
    }

    private static Option<int?> OneOrMore(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "number" };
        option.Validators.Add(result =>
        {
            // What is no number at all has its own error already.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number < 1)
            {
                result.AddError($"{name} is {number}; at least 1 is needed.");
            }
        });
        return option;
    }
}
