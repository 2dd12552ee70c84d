using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Retries;

/// <summary>Takes up what was left: letters that are due, and results whose lease is over.</summary>
internal sealed class DueWork
{
    private readonly UploadRules _rules;
    private readonly UploadLedger _ledger;
    private readonly UploadProcessor _processor;
    private readonly UploadHandler _handler;
    private readonly IImageClassifier _classifier;
    private readonly EventIntake _intake;
    private readonly TimeSpan _retryAfter;

    public DueWork(
        UploadRules rules,
        UploadLedger ledger,
        UploadProcessor processor,
        UploadHandler handler,
        IImageClassifier classifier,
        EventIntake intake,
        TimeSpan retryAfter)
    {
        _rules = rules;
        _ledger = ledger;
        _processor = processor;
        _handler = handler;
        _classifier = classifier;
        _intake = intake;
        _retryAfter = retryAfter;
    }

    /// <summary>Claims and works on a letter that is due.</summary>
    /// <param name="pair">The collections that the letter was found in.</param>
    public Task<EventAnswer> TakeLetterAsync(CollectionPair pair, StoredLetter letter, CancellationToken stopping) =>
        _intake.GuardAsync(() => TakeAsync(pair, letter, stopping), stopping);

    /// <summary>Claims and works on a result whose lease is over.</summary>
    public Task<EventAnswer> TakeResultAsync(CollectionPair pair, ResultDocument result, CancellationToken stopping) =>
        _intake.GuardAsync(() => TakeAsync(pair, result, stopping), stopping);

    private async Task<EventAnswer> TakeAsync(CollectionPair pair, StoredLetter stored, CancellationToken stopping)
    {
        var letter = stored.Letter;
        if (Match(letter.Bucket, letter.Name) is not { } target || letter.Generation is not { } generation)
        {
            var failure = new Failure(FailureCode.RuleNotFound, "No rule matches the object any more.");
            var result = new DocumentPath(pair.Results, stored.Path.Id);
            await _ledger.ParkAsync(stored, result, null, failure, failure.Code.Name, stopping);
            return new EventAnswer(EventVerdict.Parked);
        }

        var work = new UploadWork(target, generation, new EventOrigin(letter.EventId, letter.EventType, letter.EventTime));
        if (target.Letter != stored.Path)
        {
            // Kept elsewhere, before the bucket was configured or under other names: once recorded where it belongs, this one has done its duty.
            var answer = await _handler.ClassifyAsync(work, declared: null, isLive: null, stopping);
            if (answer.IsAcknowledged)
            {
                await _ledger.DiscardAsync(stored, stopping);
            }

            return answer;
        }

        if (!await _classifier.WaitUntilReadyAsync(target.Model, stopping))
        {
            return new EventAnswer(EventVerdict.ModelNotReady, _retryAfter);
        }

        return await WorkAsync(await _ledger.ClaimDueAsync(work, stored, stopping), stopping);
    }

    private async Task<EventAnswer> TakeAsync(CollectionPair pair, ResultDocument result, CancellationToken stopping)
    {
        if (Match(result.Bucket, result.Name) is { } target && target.Result == result.Path)
        {
            if (!await _classifier.WaitUntilReadyAsync(target.Model, stopping))
            {
                return new EventAnswer(EventVerdict.ModelNotReady, _retryAfter);
            }

            var claim = await _ledger.ClaimExpiredAsync(new UploadWork(target, result.Generation, EventOrigin.None), stopping);
            return await WorkAsync(claim, stopping);
        }

        // Begun under a rule that is gone: the letter waits for an operator to bring the rule back, and is parked in the end.
        var orphan = new UploadTarget(
            result.Bucket ?? "",
            result.Name ?? "",
            result.Path,
            new DocumentPath(pair.DeadLetters, result.Path.Id),
            "",
            null,
            null,
            new ContentTypes([]),
            null);
        var claimed = await _ledger.ClaimExpiredAsync(new UploadWork(orphan, result.Generation, EventOrigin.None), stopping);
        if (claimed is not ClaimOutcome.Claimed { Claim: var held })
        {
            return await WorkAsync(claimed, stopping);
        }

        await _ledger.FailAsync(held, new Failure(FailureCode.RuleNotFound, "No rule matches the object any more."), stopping);
        return new EventAnswer(EventVerdict.Retrying);
    }

    private async Task<EventAnswer> WorkAsync(ClaimOutcome outcome, CancellationToken stopping) => outcome switch
    {
        ClaimOutcome.Claimed claimed => await _processor.ProcessAsync(claimed.Claim, declared: null, stopping),
        ClaimOutcome.Declined declined => EventAnswer.Of(declined.Verdict),
        ClaimOutcome.Parked => new EventAnswer(EventVerdict.Parked),
        _ => new EventAnswer(EventVerdict.Deferred),
    };

    private UploadTarget? Match(string? bucket, string? name) => bucket is null || !ObjectNames.IsValid(name) ? null : _rules.Match(bucket, name!);
}
