using Microsoft.Extensions.Logging;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Telemetry;

namespace Pipeline.Worker.Uploads;

/// <summary>Carries a claim to its end: reads the object, classifies it, records the outcome. Shared by events and the sweep.</summary>
internal sealed partial class UploadProcessor
{
    /// <summary>How often a claim moves on to another generation that has become live meanwhile.</summary>
    private const int MaxSwitches = 2;

    private readonly UploadLedger _ledger;
    private readonly IObjectStore _objects;
    private readonly IImageClassifier _classifier;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public UploadProcessor(
        UploadLedger ledger,
        IObjectStore objects,
        IImageClassifier classifier,
        WorkerOptions options,
        TimeProvider time,
        ILogger logger)
    {
        _ledger = ledger;
        _objects = objects;
        _classifier = classifier;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Works on a claim. An object that is gone ends in a tombstone, or in its live generation.</summary>
    /// <param name="declared">What the event says of the content; null: the object is asked.</param>
    /// <param name="stopping">Ends the work: the claim is given back.</param>
    public async Task<EventAnswer> ProcessAsync(Claim claim, DeclaredContent? declared, CancellationToken stopping)
    {
        using var activity = WorkerTelemetry.StartUpload(claim);
        EventVerdict? verdict = null;
        try
        {
            var answer = await CarryAsync(claim, declared, stopping);
            verdict = answer.Verdict;
            return answer;
        }
        finally
        {
            WorkerTelemetry.EndUpload(activity, verdict);
        }
    }

    private async Task<EventAnswer> CarryAsync(Claim claim, DeclaredContent? declared, CancellationToken stopping)
    {
        for (var switches = 0; ; switches++)
        {
            var work = await WorkAsync(claim, declared, stopping);
            using var finish = new FinishTime(_options.ShutdownTimeout, _time, stopping);
            if (work is not WorkResult.Gone)
            {
                return await RecordAsync(claim, work, finish.Token);
            }

            RemovalOutcome removal;
            try
            {
                removal = await _ledger.RemoveAsync(claim.Work, finish.Token);
            }
            catch (ObjectStoreException exception)
            {
                // Nobody can say what is live: tried again when it is due, not when the lease is over.
                return await RecordAsync(claim, new WorkResult.Failed(FailureClassifier.Classify(exception)), finish.Token);
            }

            if (removal is not RemovalOutcome.Live { Metadata: var live })
            {
                var name = LogText.Of(claim.Work.Target.Name);
                Log.Gone(_logger, name, claim.Work.Generation);
                return new EventAnswer(EventVerdict.Deleted);
            }

            if (live.Version.Generation == claim.Work.Generation || switches == MaxSwitches)
            {
                var failure = new Failure(FailureCode.ObjectChanging, "The object kept changing while it was worked on.");
                return await RecordAsync(claim, new WorkResult.Failed(failure), finish.Token);
            }

            var next = claim.Work with { Generation = live.Version.Generation };
            switch (await _ledger.ClaimAsync(next, isLive: true, finish.Token))
            {
                case ClaimOutcome.Claimed claimed:
                    (claim, declared) = (claimed.Claim, new DeclaredContent(live.ContentType, live.ContentEncoding));
                    break;
                case ClaimOutcome.Declined { Verdict: ClaimVerdict.Superseded }:
                    // Replaced once more before it was claimed, and this claim may still be ours: look again.
                    break;
                case ClaimOutcome.Declined declined:
                    return EventAnswer.Of(declined.Verdict);
                default:
                    return new EventAnswer(EventVerdict.Parked);
            }
        }
    }

    private async Task<EventAnswer> RecordAsync(Claim claim, WorkResult result, CancellationToken cancellationToken)
    {
        using var activity = WorkerTelemetry.Source.StartActivity("pipeline.record");
        var name = LogText.Of(claim.Work.Target.Name);
        var outcome = result switch
        {
            WorkResult.Done done => await _ledger.CompleteAsync(claim, done.Classification, done.Times, cancellationToken),
            WorkResult.Failed failed => await _ledger.FailAsync(claim, failed.Failure, cancellationToken),
            WorkResult.Stopped => await _ledger.ReleaseAsync(claim, cancellationToken),
            _ => FinishOutcome.Lost,
        };
        if (result is WorkResult.Failed { Failure: var failure })
        {
            WorkerTelemetry.Count(failure);
            Log.Failed(_logger, failure.Kind == FailureKind.Configuration ? LogLevel.Error : LogLevel.Warning, name, failure.Code, outcome, failure.Message);
        }
        else
        {
            Log.Ended(_logger, name, outcome);
        }

        return outcome switch
        {
            FinishOutcome.Classified => new EventAnswer(EventVerdict.Classified),
            FinishOutcome.Retrying => new EventAnswer(EventVerdict.Retrying),
            FinishOutcome.Failed => new EventAnswer(EventVerdict.Failed),
            FinishOutcome.Parked => new EventAnswer(EventVerdict.Parked),
            FinishOutcome.Released => new EventAnswer(EventVerdict.ShuttingDown, _options.RetryAfter),
            _ => new EventAnswer(EventVerdict.TakenOver),
        };
    }

    private async Task<WorkResult> WorkAsync(Claim claim, DeclaredContent? declared, CancellationToken stopping)
    {
        var keeper = LeaseKeeper.Start(_ledger, claim, _options.Lease, _time, _logger, stopping);
        await using (keeper)
        {
            using var working = CancellationTokenSource.CreateLinkedTokenSource(stopping, keeper.Lost);
            try
            {
                return await ClassifyAsync(claim, declared, working.Token);
            }
            catch (OperationCanceledException) when (keeper.Lost.IsCancellationRequested)
            {
                return new WorkResult.Lost();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return new WorkResult.Stopped();
            }
            catch (ObjectStoreException exception) when (exception.Error == ObjectStoreError.NotFound)
            {
                return new WorkResult.Gone();
            }
            catch (Exception exception)
            {
                var failure = FailureClassifier.Classify(exception);
                if (failure.Code == FailureCode.Internal)
                {
                    Log.Unexpected(_logger, exception, LogText.Of(claim.Work.Target.Name));
                }

                return new WorkResult.Failed(failure);
            }
        }
    }

    private async Task<WorkResult> ClassifyAsync(Claim claim, DeclaredContent? declared, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var target = claim.Work.Target;
        if (declared is null)
        {
            var live = await _objects.FindLiveAsync(target.Bucket, target.Name, cancellationToken);
            if (live?.Version.Generation != claim.Work.Generation)
            {
                return new WorkResult.Gone();
            }

            declared = new DeclaredContent(live.ContentType, live.ContentEncoding);
        }

        if (!target.Types.MayTake(declared.Value.Type))
        {
            return NotAllowed();
        }

        var downloading = _time.GetTimestamp();
        var content = await DownloadAsync(claim, declared.Value, cancellationToken);
        var downloaded = _time.GetElapsedTime(downloading);
        using var classifying = WorkerTelemetry.Source.StartActivity("pipeline.classify");
        var classification = await TimeLimit.RunAsync(
            _options.ClassificationTimeout,
            _time,
            token => _classifier.ClassifyAsync(new ClassificationRequest(content, target.Model, $"{target.Bucket}/{target.Name}"), token),
            () => new ClassificationException(
                FailureCode.ClassificationTimedOut, $"The classification took longer than {_options.ClassificationTimeout.TotalSeconds} s."),
            cancellationToken);
        classifying?.Stop();

        // An upload that declares nothing is what its bytes say.
        if (ContentTypes.SaysNothing(declared.Value.Type) && !target.Types.Allow($"image/{classification.Image.Format}"))
        {
            return NotAllowed();
        }

        var queued = claim.Work.Origin.EventTime is { } eventTime ? claim.ClaimedAt - eventTime : TimeSpan.Zero;
        var times = new ProcessingTimes(queued, downloaded, _time.GetElapsedTime(started));
        WorkerTelemetry.Record(classification, times, classifying);
        return new WorkResult.Done(classification, times);
    }

    private async Task<ReadOnlyMemory<byte>> DownloadAsync(Claim claim, DeclaredContent declared, CancellationToken cancellationToken)
    {
        using var activity = WorkerTelemetry.Source.StartActivity("pipeline.download");
        var stored = await _objects.DownloadAsync(claim.Work.Object, _options.MaxBytes, cancellationToken);
        return await StoredEncoding.DecodeAsync(stored, declared.Encoding, _options.MaxBytes, cancellationToken);
    }

    private static WorkResult.Failed NotAllowed() =>
        new(new Failure(FailureCode.TypeNotAllowed, "Uploads of this content type are not classified here."));
}
