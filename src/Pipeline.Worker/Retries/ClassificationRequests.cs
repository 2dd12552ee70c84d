using Pipeline.Worker.Ledger;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Retries;

/// <summary>Requests of owners to have an object classified (again): the redrive, then the way of one upload, within a quota.</summary>
public sealed class ClassificationRequests
{
    private const string RequestType = "classificationRequest";

    private readonly UploadRules _rules;
    private readonly UploadLedger _ledger;
    private readonly IObjectStore _objects;
    private readonly UploadHandler _handler;
    private readonly DueWork _work;
    private readonly RequestQuota _quota;
    private readonly EventIntake _intake;

    internal ClassificationRequests(
        UploadRules rules,
        UploadLedger ledger,
        IObjectStore objects,
        UploadHandler handler,
        DueWork work,
        RequestQuota quota,
        EventIntake intake)
    {
        _rules = rules;
        _ledger = ledger;
        _objects = objects;
        _handler = handler;
        _work = work;
        _quota = quota;
        _intake = intake;
    }

    /// <summary>Handles one delivery of a request.</summary>
    public Task<EventAnswer> HandleAsync(ReclassificationRequest request, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _intake.GuardAsync(() => RequestAsync(request, stopping), stopping);
    }

    private async Task<EventAnswer> RequestAsync(ReclassificationRequest request, CancellationToken stopping)
    {
        if (string.IsNullOrEmpty(request.Bucket) || !ObjectNames.IsUnicode(request.Bucket) || !ObjectNames.IsValid(request.Name))
        {
            var upload = new UploadEvent(request.Id, RequestType, request.Time, UploadEventKind.Finalized, request.Bucket, request.Name, null);
            var failure = new Failure(FailureCode.BadEvent, "The request names no bucket or no object.");
            return await _intake.ParkAsync(upload, failure, null, EventVerdict.BadEvent, stopping);
        }

        if (_rules.Match(request.Bucket, request.Name!) is not { } target)
        {
            return new EventAnswer(EventVerdict.NoRule);
        }

        // Nobody owns what the rule's pattern captures no {uid} of.
        if (target.Owner is not { } owner || (request.User is { } user && user != owner))
        {
            return new EventAnswer(EventVerdict.NotOwner);
        }

        var outcome = await _ledger.RedriveAsync(target, token => _quota.AskAsync(owner, request.Id, token), stopping);
        return outcome switch
        {
            RedriveOutcome.Redriven or RedriveOutcome.Denied { Reason: RedriveDenial.Repeated } =>
                await TakeAsync(target, stopping),
            RedriveOutcome.Denied => new EventAnswer(EventVerdict.OverQuota),
            RedriveOutcome.InFlight => new EventAnswer(EventVerdict.InFlight),
            _ => await ClassifyFirstAsync(target, request, owner, stopping),
        };
    }

    /// <summary>Works on the letter that the redrive has made due; what cannot be done now, the sweep does.</summary>
    private async Task<EventAnswer> TakeAsync(UploadTarget target, CancellationToken stopping)
    {
        var letter = await _ledger.FindLetterAsync(target.Letter, stopping);
        if (letter is null)
        {
            return new EventAnswer(EventVerdict.Duplicate);
        }

        var answer = await _work.TakeLetterAsync(PairOf(target), letter, stopping);
        return answer.IsAcknowledged ? answer : new EventAnswer(EventVerdict.Deferred);
    }

    /// <summary>There is no result, or a tombstone: what is live is classified as if it had just been uploaded.</summary>
    private async Task<EventAnswer> ClassifyFirstAsync(
        UploadTarget target,
        ReclassificationRequest request,
        string owner,
        CancellationToken stopping)
    {
        if (await _objects.FindLiveAsync(target.Bucket, target.Name, stopping) is not { } live)
        {
            return new EventAnswer(EventVerdict.NoObject);
        }

        if (await _quota.UseAsync(owner, request.Id, stopping) is RedriveDenial.OverQuota)
        {
            return new EventAnswer(EventVerdict.OverQuota);
        }

        var work = new UploadWork(target, live.Version.Generation, new EventOrigin(request.Id, RequestType, request.Time));
        var declared = new DeclaredContent(live.ContentType, live.ContentEncoding);
        return await _handler.ClassifyAsync(work, declared, isLive: true, stopping);
    }

    private static CollectionPair PairOf(UploadTarget target) => new(target.Bucket, target.Result.Collection, target.Letter.Collection);
}
