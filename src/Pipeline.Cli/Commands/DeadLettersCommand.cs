using System.CommandLine;
using Pipeline.Cli.Operating;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline deadletters</c>: what failed and waits.</summary>
internal static class DeadLettersCommand
{
    private const int DefaultLimit = 100;

    public static Command Create() => new("deadletters", "Look at what failed and waits; send it round again, park it, drop it. Works beside a running 'pipeline run'.")
    {
        CreateList(),
        CreateShow(),
        DeadLettersChangeCommand.Create("retry", "Send letters round again: attempts begin anew, the next sweep takes them.", LetterAction.Retry),
        DeadLettersChangeCommand.Create("park", "Keep letters from being retried; results that wait for them have failed.", LetterAction.Park),
        DeadLettersChangeCommand.Create("drop", "Delete letters for good; results that wait for them have failed.", LetterAction.Drop),
        CreateUndelivered(),
    };

    private static Command CreateList()
    {
        var settings = new SettingsOptions();
        var filter = new LetterFilterOptions();
        var limit = new Option<int>("--limit", "-n") { Description = $"Show at most this many. Default: {DefaultLimit}.", HelpName = "number", DefaultValueFactory = _ => DefaultLimit };
        limit.Validators.Add(result =>
        {
            // What is no number at all has its own error already.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number < 1)
            {
                result.AddError($"--limit is {number}; at least 1 is needed.");
            }
        });
        var all = new Option<bool>("--all") { Description = "Show all." };
        var json = JsonOption.Create();
        var command = new Command("list", "List dead letters, the due ones first.") { limit, all, json };
        filter.AddTo(command);
        settings.AddTo(command);
        command.SetAction((result, cancellationToken) => OperationsSession.RunAsync(
            settings.Read(result),
            operations => LetterListRun.ListAsync(
                new LetterLookup(operations.Worker, null),
                filter.Read(result),
                result.GetValue(all) ? int.MaxValue : result.GetValue(limit),
                result.GetValue(json),
                cancellationToken),
            cancellationToken));
        return command;
    }

    private static Command CreateShow()
    {
        var settings = new SettingsOptions();
        var letter = new Argument<string>("letter") { Description = "The object's name, or the letter's id." };
        var bucket = new Option<string?>("--bucket", "-b") { Description = "The object's bucket. Default: any.", HelpName = "name" };
        var json = JsonOption.Create();
        var command = new Command("show", "Show a letter with its history, its result and its rule.") { letter, bucket, json };
        settings.AddTo(command);
        command.SetAction((result, cancellationToken) => OperationsSession.RunAsync(
            settings.Read(result),
            operations => LetterListRun.ShowAsync(
                new LetterLookup(operations.Worker, result.GetValue(bucket)), result.GetRequiredValue(letter), result.GetValue(json), cancellationToken),
            cancellationToken));
        return command;
    }

    private static Command CreateUndelivered()
    {
        var settings = new SettingsOptions();
        var redeliver = new Option<bool>("--retry") { Description = "Have each delivered once more." };
        var forget = new Option<bool>("--drop") { Description = "Forget each." };
        var json = JsonOption.Create();
        var command = new Command("undelivered", "List the events of this machine that the worker never acknowledged and that were given up after a day.") { redeliver, forget, json };
        settings.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(redeliver) && result.GetValue(forget))
            {
                result.AddError("Give --retry or --drop, not both.");
            }
        });
        command.SetAction((result, cancellationToken) => OperationsSession.RunAsync(
            settings.Read(result),
            operations => GivenUpRun.RunAsync(operations, result.GetValue(redeliver), result.GetValue(forget), result.GetValue(json), cancellationToken),
            cancellationToken));
        return command;
    }
}
