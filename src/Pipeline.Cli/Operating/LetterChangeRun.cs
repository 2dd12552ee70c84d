using Pipeline.Worker;
using Pipeline.Worker.Ledger;
using Spectre.Console;

namespace Pipeline.Cli.Operating;

/// <summary>Retries, parks or drops dead letters, each as it was when it was listed, at a bounded rate.</summary>
internal sealed class LetterChangeRun
{
    /// <summary>More are for another call.</summary>
    private const int MaxLetters = 100_000;

    private readonly UploadWorker _worker;
    private readonly LetterLookup _lookup;
    private readonly LetterChangeOptions _options;
    private readonly TimeProvider _time;

    public LetterChangeRun(UploadWorker worker, LetterLookup lookup, LetterChangeOptions options, TimeProvider time)
    {
        _worker = worker;
        _lookup = lookup;
        _options = options;
        _time = time;
    }

    /// <returns>0 where everything is as it was asked for, 1 where a letter was not found or left alone, 2 where nobody may be asked.</returns>
    public async Task<int> RunAsync(LetterSelection selection, CancellationToken cancellationToken)
    {
        var (letters, missing) = await FindAsync(selection, cancellationToken);
        foreach (var name in missing)
        {
            await Console.Error.WriteLineAsync($"There is no dead letter '{name}'. See: pipeline deadletters list");
        }

        if (_options.DryRun)
        {
            Report(letters.Select(letter => new LetterChange(letter, "would be done", IsDone: true)).ToList());
            return missing.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
        }

        if (_options.Action == LetterAction.Drop && letters.Count > 0 && !_options.Yes && !Confirm(letters.Count))
        {
            return ExitCodes.UsedWrongly;
        }

        var changes = await ChangeAsync(letters, cancellationToken);
        Report(changes);
        if (changes.Count < letters.Count)
        {
            await Console.Error.WriteLineAsync($"Stopped: {Texts.Letters(letters.Count - changes.Count)} left alone. The same call goes on there.");
        }

        return missing.Count == 0 && changes.Count == letters.Count && changes.TrueForAll(change => change.IsDone) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private async Task<(List<StoredLetter> Letters, List<string> Missing)> FindAsync(LetterSelection selection, CancellationToken cancellationToken)
    {
        if (selection.Names.Count == 0)
        {
            var (found, _) = await _lookup.ListAsync(selection.Filter, MaxLetters, cancellationToken);
            return ([.. found], []);
        }

        var (letters, missing) = (new List<StoredLetter>(), new List<string>());
        foreach (var name in selection.Names.Distinct(StringComparer.Ordinal))
        {
            var details = await _lookup.ShowAsync(name, cancellationToken);
            letters.AddRange(details.Select(detail => detail.Stored));
            if (details.Count == 0)
            {
                missing.Add(name);
            }
        }

        return (letters, missing);
    }

    private async Task<List<LetterChange>> ChangeAsync(List<StoredLetter> letters, CancellationToken cancellationToken)
    {
        var changes = new List<LetterChange>();
        var interval = TimeSpan.FromSeconds(1 / _options.Rate);
        var start = _time.GetTimestamp();
        try
        {
            await ProgressOutput.RunAsync(ProgressText(), letters.Count, async done =>
            {
                foreach (var letter in letters)
                {
                    var wait = (interval * changes.Count) - _time.GetElapsedTime(start);
                    if (wait > TimeSpan.Zero)
                    {
                        await Task.Delay(wait, _time, cancellationToken);
                    }

                    cancellationToken.ThrowIfCancellationRequested();
                    changes.Add(await ChangeAsync(letter));
                    done();
                }
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was done is told; the rest stays.
        }

        return changes;
    }

    /// <summary>One change, begun and not interrupted, so that its outcome is known.</summary>
    private async Task<LetterChange> ChangeAsync(StoredLetter letter) => _options.Action switch
    {
        LetterAction.Retry => Of(letter, await _worker.DeadLetters.RedriveAsync(letter, CancellationToken.None)),
        LetterAction.Park => Of(letter, await _worker.DeadLetters.ParkAsync(letter, CancellationToken.None), "parked"),
        _ => Of(letter, await _worker.DeadLetters.DropAsync(letter, CancellationToken.None), "dropped"),
    };

    private static LetterChange Of(StoredLetter letter, RedriveOutcome outcome) => outcome switch
    {
        RedriveOutcome.Redriven => new LetterChange(letter, "due now", IsDone: true),
        RedriveOutcome.InFlight => new LetterChange(letter, "left alone: somebody is working on it", IsDone: false),
        RedriveOutcome.Gone => new LetterChange(letter, "left alone: the object is gone", IsDone: false),
        RedriveOutcome.Changed => new LetterChange(letter, "left alone: it has changed meanwhile", IsDone: false),
        _ => new LetterChange(letter, "left alone: it is gone, or names no object", IsDone: false),
    };

    private static LetterChange Of(StoredLetter letter, LetterOutcome outcome, string done) => outcome switch
    {
        LetterOutcome.Done => new LetterChange(letter, done, IsDone: true),
        LetterOutcome.AlreadyParked => new LetterChange(letter, "parked already", IsDone: true),
        LetterOutcome.InFlight => new LetterChange(letter, "left alone: somebody is working on it", IsDone: false),
        LetterOutcome.Changed => new LetterChange(letter, "left alone: it has changed meanwhile", IsDone: false),
        _ => new LetterChange(letter, "left alone: it is gone", IsDone: false),
    };

    private static bool Confirm(int count)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            Console.Error.WriteLine($"Dropping {Texts.Letters(count)} cannot be undone: add --yes to do it, or --dry-run to see them.");
            return false;
        }

        return AnsiConsole.Confirm($"Drop {Texts.Letters(count)}? This cannot be undone.", defaultValue: false);
    }

    private string ProgressText() => _options.Action switch
    {
        LetterAction.Retry => "Retrying",
        LetterAction.Park => "Parking",
        _ => "Dropping",
    };

    private void Report(List<LetterChange> changes)
    {
        if (_options.Json)
        {
            JsonOutput.Write(new
            {
                _options.DryRun,
                Letters = changes.Select(change => new { change.Letter.Path.Id, change.Letter.Letter.Bucket, change.Letter.Letter.Name, change.Outcome, Done = change.IsDone }),
            });
            return;
        }

        foreach (var change in changes.Where(change => _options.DryRun || !change.IsDone || changes.Count <= 20))
        {
            Console.WriteLine($"{change.Letter.Letter.Name ?? change.Letter.Path.Id}: {change.Outcome}");
        }

        Console.WriteLine(_options.DryRun
            ? $"{Texts.Letters(changes.Count)} would be changed, and will be without --dry-run."
            : $"{changes.Count(change => change.IsDone)} of {Texts.Letters(changes.Count)} done.");
    }
}
