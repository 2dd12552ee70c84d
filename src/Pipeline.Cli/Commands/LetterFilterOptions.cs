using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Pipeline.Hosting.Startup;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;

namespace Pipeline.Cli.Commands;

/// <summary>The options that choose dead letters.</summary>
internal sealed class LetterFilterOptions
{
    private readonly Option<DeadLetterState?> _state = new("--state") { Description = "Only letters in this state: due ones are retried by themselves, parked ones wait for you." };

    private readonly Option<string?> _code = new("--code") { Description = "Only letters whose last error, or reason of parking, has this code.", HelpName = "CODE" };

    private readonly Option<string?> _prefix = new("--prefix") { Description = "Only objects whose name begins so.", HelpName = "text" };

    private readonly Option<TimeSpan?> _olderThan = Age("--older-than", "Only letters that failed last at least this long ago: 30min, 2h, 7d.");

    private readonly Option<TimeSpan?> _newerThan = Age("--newer-than", "Only letters that failed last at most this long ago.");

    public Option<string?> Bucket { get; } = new("--bucket", "-b") { Description = "Only letters of this bucket.", HelpName = "name" };

    public void AddTo(Command command)
    {
        command.Add(_state);
        command.Add(_code);
        command.Add(Bucket);
        command.Add(_prefix);
        command.Add(_olderThan);
        command.Add(_newerThan);
    }

    public DeadLetterFilter Read(ParseResult result) => new()
    {
        State = result.GetValue(_state),
        Code = result.GetValue(_code),
        Bucket = result.GetValue(Bucket),
        Prefix = result.GetValue(_prefix),
        OlderThan = result.GetValue(_olderThan),
        NewerThan = result.GetValue(_newerThan),
    };

    /// <summary>Whether any of them is given.</summary>
    public bool IsGiven(CommandResult result) =>
        new Option[] { _state, _code, Bucket, _prefix, _olderThan, _newerThan }.Any(option => result.GetResult(option) is { Implicit: false });

    private static Option<TimeSpan?> Age(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Durations.TryParse(text, out var age) && age >= TimeSpan.Zero)
            {
                return age;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; a time such as 30min, 2h or 7d is needed."));
            return null;
        },
    };
}
