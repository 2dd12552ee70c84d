using Microsoft.Extensions.Logging;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Telemetry;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Retries;

/// <summary>
/// The scheduled run that retries what failed and takes up what dying instances left behind. Bounded by time and count; safe to run twice at once,
/// because everything is claimed by a conditional write.
/// </summary>
public sealed partial class Sweep
{
    private readonly UploadRules _rules;
    private readonly UploadLedger _ledger;
    private readonly DueWork _work;
    private readonly IImageClassifier _classifier;
    private readonly SweepOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<double> _chance;
    private readonly ILogger _logger;

    internal Sweep(
        UploadRules rules,
        UploadLedger ledger,
        DueWork work,
        IImageClassifier classifier,
        SweepOptions options,
        TimeProvider time,
        Func<double> chance,
        ILogger logger)
    {
        _rules = rules;
        _ledger = ledger;
        _work = work;
        _classifier = classifier;
        _options = options;
        _time = time;
        _chance = chance;
        _logger = logger;
    }

    /// <summary>Runs once: warms the models, takes one page of due letters of each pair of collections, then results whose lease is over.</summary>
    /// <param name="stopping">On shutdown: nothing new is started, work going on is given back.</param>
    public async Task<SweepReport> RunAsync(CancellationToken stopping)
    {
        using var activity = WorkerTelemetry.Source.StartActivity("pipeline.sweep");
        var run = new SweepRun(_options, _time);
        using var timer = new CancellationTokenSource(_options.StopAfter, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, timer.Token);
        await WarmUpAsync(run, stop.Token);
        foreach (var pair in _rules.Pairs)
        {
            await QueryAsync(run, () => TakeLettersAsync(run, pair, stop.Token), stop.Token);
        }

        // Leases end because instances die, some of them of the very object: each is worked on alone, so that it takes no neighbour along.
        foreach (var pair in _rules.Pairs)
        {
            await QueryAsync(run, () => TakeResultsAsync(run, pair, stop.Token), stop.Token);
        }

        var report = run.Report();
        WorkerTelemetry.Record(report);
        Log.Swept(_logger, report.DueLetters, report.ExpiredLeases, report.NotStarted, report.Duration.TotalSeconds);
        return report;
    }

    private async Task WarmUpAsync(SweepRun run, CancellationToken stopping)
    {
        try
        {
            await _classifier.WarmUpAsync(stopping);
        }
        catch (ClassificationException exception)
        {
            Log.NotWarm(_logger, exception, exception.Code);
            run.WarmUpError = $"{exception.Code}: {exception.Message}";
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            run.WarmUpError = "There was no time to warm the models.";
        }
    }

    private async Task QueryAsync(SweepRun run, Func<Task> take, CancellationToken stopping)
    {
        try
        {
            stopping.ThrowIfCancellationRequested();
            await take();
        }
        catch (DocumentStoreException exception)
        {
            Log.NoAnswer(_logger, exception);
            run.StoreUnavailable = true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Out of time: the next sweep goes on.
        }
    }

    private async Task TakeLettersAsync(SweepRun run, CollectionPair pair, CancellationToken stopping)
    {
        var now = await _ledger.NowAsync(new DocumentPath(pair.DeadLetters, "clock"), stopping);
        var page = await _ledger.QueryLettersAsync(pair.DeadLetters, DeadLetterState.Due, now, _options.PageSize, null, stopping);
        var letters = page.Documents.Select(StoredLetter.Read).OfType<StoredLetter>().ToArray();
        run.DueLetters += letters.Length;
        WorkerTelemetry.RecordDueLetters(pair.DeadLetters, letters.Length, letters.Length > 0 ? now - letters[0].Letter.DueAt : TimeSpan.Zero);

        // Shuffled, so that sweeps that run at once do not fight over the same ones.
        for (var index = letters.Length - 1; index > 0; index--)
        {
            var other = (int)(_chance() * (index + 1));
            (letters[index], letters[other]) = (letters[other], letters[index]);
        }

        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(_options.Concurrency, letters.Length)).Select(_ => TakeAsync()));

        async Task TakeAsync()
        {
            for (var index = Interlocked.Increment(ref next); index < letters.Length; index = Interlocked.Increment(ref next))
            {
                if (run.MayStart(stopping))
                {
                    await TakeOneAsync(run, letters[index].Path, () => _work.TakeLetterAsync(pair, letters[index], stopping));
                }
            }
        }
    }

    private async Task TakeResultsAsync(SweepRun run, CollectionPair pair, CancellationToken stopping)
    {
        var expired = await _ledger.QueryExpiredAsync(pair.Results, _options.PageSize, stopping);
        run.ExpiredLeases += expired.Length;
        foreach (var result in expired)
        {
            if (run.MayStart(stopping))
            {
                await TakeOneAsync(run, result.Path, () => _work.TakeResultAsync(pair, result, stopping));
            }
        }
    }

    /// <summary>One failure that nobody foresaw does not end the sweep.</summary>
    private async Task TakeOneAsync(SweepRun run, DocumentPath path, Func<Task<EventAnswer>> take)
    {
        try
        {
            run.Count((await take()).Verdict.ToString());
        }
        catch (Exception exception)
        {
            var id = LogText.Of(path.Id);
            Log.Unexpected(_logger, exception, id);
            run.Count("Unexpected");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 300,
            Level = LogLevel.Information,
            Message = "Swept {DueLetters} due letters and {ExpiredLeases} expired leases, {NotStarted} left, in {Seconds} s.")]
        public static partial void Swept(ILogger logger, int dueLetters, int expiredLeases, int notStarted, double seconds);

        [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "A model could not be warmed: {Code}.")]
        public static partial void NotWarm(ILogger logger, Exception exception, FailureCode code);

        [LoggerMessage(EventId = 303, Level = LogLevel.Error, Message = "Taking up {Id} failed in a way that nobody foresaw.")]
        public static partial void Unexpected(ILogger logger, Exception exception, string id);

        [LoggerMessage(EventId = 302, Level = LogLevel.Error, Message = "The store did not answer the sweep.")]
        public static partial void NoAnswer(ILogger logger, Exception exception);
    }
}
