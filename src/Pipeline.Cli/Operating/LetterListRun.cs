using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Spectre.Console;

namespace Pipeline.Cli.Operating;

/// <summary>Prints dead letters, and one of them whole.</summary>
internal static class LetterListRun
{
    public static async Task<int> ListAsync(LetterLookup lookup, DeadLetterFilter filter, int limit, bool json, CancellationToken cancellationToken)
    {
        var (letters, mayBeMore) = await lookup.ListAsync(filter, limit, cancellationToken);
        if (json)
        {
            JsonOutput.Write(letters.Select(LetterJson.Of));
            return ExitCodes.Done;
        }

        if (letters.Count == 0)
        {
            Console.WriteLine(filter == new DeadLetterFilter() ? "There are no dead letters." : "No dead letter is as you ask; without filters all are shown.");
            return ExitCodes.Done;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("state", "since / due", "attempts", "code", "object", "last error");
        foreach (var letter in letters)
        {
            var error = letter.Letter.Errors.LastOrDefault();
            table.AddTextRow(
                Texts.State(letter.Letter),
                Texts.Time(letter.Letter.DueAt),
                $"{letter.Letter.Attempts}",
                error?.Code ?? letter.Letter.ParkedReason ?? "",
                letter.Letter.Name ?? letter.Path.Id,
                error?.Message ?? "");
        }

        TableOutput.Create().Write(table);
        Console.WriteLine(mayBeMore ? $"{letters.Count} shown, there may be more: --limit shows them." : $"{letters.Count} in all.");
        return ExitCodes.Done;
    }

    /// <returns>0; 1 where there is no such letter.</returns>
    public static async Task<int> ShowAsync(LetterLookup lookup, string nameOrId, bool json, CancellationToken cancellationToken)
    {
        var details = await lookup.ShowAsync(nameOrId, cancellationToken);
        if (details.Count == 0)
        {
            await Console.Error.WriteLineAsync($"There is no dead letter '{nameOrId}'. See: pipeline deadletters list");
            return ExitCodes.Failed;
        }

        if (json)
        {
            JsonOutput.Write(details.Select(LetterJson.Of));
        }
        else
        {
            foreach (var detail in details)
            {
                Write(detail);
            }
        }

        return ExitCodes.Done;
    }

    private static void Write(DeadLetterDetail detail)
    {
        var letter = detail.Stored.Letter;
        (string Name, string? Text)[] lines =
        [
            ("letter", detail.Stored.Path.ToString()),
            ("object", letter.Name is null ? null : $"gs://{letter.Bucket}/{letter.Name}#{letter.Generation}"),
            ("state", letter.State == DeadLetterState.Due ? $"due at {Texts.Time(letter.DueAt)}" : $"parked since {Texts.Time(letter.DueAt)}: {letter.ParkedReason}"),
            ("attempts", $"{letter.Attempts}, sent round again {letter.Redrives} times"),
            ("failed", letter.FirstFailedAt is { } first ? $"{Texts.Time(first)} to {Texts.Time(letter.LastFailedAt ?? first)}" : null),
            ("event", letter.EventId is null ? null : $"{letter.EventType} {letter.EventId}"),
            ("rule", detail.Target?.Rule ?? $"none matches today{(letter.Rule is null ? "" : $"; it was '{letter.Rule}'")}"),
            ("result", Texts.Result(detail.Result)),
        ];
        foreach (var (name, text) in lines.Where(line => line.Text is not null))
        {
            Console.WriteLine($"{name,-9} {text}");
        }

        var history = new Table().Border(TableBorder.Rounded).AddColumns("at", "code", "message", "model", "instance");
        foreach (var error in letter.Errors)
        {
            history.AddTextRow(Texts.Time(error.At), error.Code, error.Message, error.Model ?? "", error.Instance ?? "");
        }

        TableOutput.Create().Write(history);
    }
}
