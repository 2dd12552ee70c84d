using System.CommandLine;
using System.Globalization;
using Pipeline.Cli.Operating;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline deadletters retry|park|drop</c>: by name, or all that a filter finds.</summary>
internal static class DeadLettersChangeCommand
{
    private const double DefaultRate = 20;
    private const double LargestRate = 10_000;

    public static Command Create(string name, string description, LetterAction action)
    {
        var settings = new SettingsOptions();
        var filter = new LetterFilterOptions();
        var letters = new Argument<string[]>("letters") { Description = "Objects' names, or letters' ids.", Arity = ArgumentArity.ZeroOrMore };
        letters.RefuseOptions();
        var all = new Option<bool>("--all") { Description = "Take all letters that the filters leave." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be done." };
        var rate = new Option<double>("--rate")
        {
            Description = $"At most this many a second. Default: {DefaultRate}.",
            HelpName = "number",
            DefaultValueFactory = _ => DefaultRate,
        };
        rate.Validators.Add(result =>
        {
            // What is no number at all has its own error already.
            if (result.Tokens is [{ Value: var text }] && double.TryParse(text, CultureInfo.InvariantCulture, out var number) && !(number is > 0 and <= LargestRate))
            {
                result.AddError($"--rate is {text}; more than 0 and at most {LargestRate} a second is possible.");
            }
        });
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask.", Hidden = action != LetterAction.Drop };
        var json = JsonOption.Create();
        var command = new Command(name, description) { letters, all, dryRun, rate, yes, json };
        filter.AddTo(command);
        settings.AddTo(command);
        command.Validators.Add(result =>
        {
            var isNamed = result.GetValue(letters) is { Length: > 0 };
            if (isNamed && result.GetValue(all))
            {
                result.AddError("Name letters or give --all, not both.");
            }
            else if (!isNamed && !result.GetValue(all) && !result.GetValue(dryRun))
            {
                result.AddError(filter.IsGiven(result)
                    ? "Add --all to take every letter that the filters leave, or --dry-run to see them."
                    : "Name letters, or give --all with or without filters. See: pipeline deadletters list");
            }
        });
        command.SetAction((result, cancellationToken) => OperationsSession.RunAsync(
            settings.Read(result),
            operations => new LetterChangeRun(
                operations.Worker,
                new LetterLookup(operations.Worker, result.GetValue(filter.Bucket)),
                new LetterChangeOptions(action, result.GetValue(rate), result.GetValue(dryRun), result.GetValue(yes), result.GetValue(json)),
                TimeProvider.System).RunAsync(new LetterSelection(result.GetValue(letters) ?? [], filter.Read(result)), cancellationToken),
            cancellationToken));
        return command;
    }
}
