using Pipeline.Worker.Classification;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Uploads;

/// <summary>The way of one upload: from the event that an object has been finalised to the answer, with everything recorded in between.</summary>
public sealed class UploadHandler
{
    private readonly EventIntake _intake;
    private readonly UploadLedger _ledger;
    private readonly UploadProcessor _processor;
    private readonly IImageClassifier _classifier;
    private readonly WorkGate _gate;
    private readonly TimeSpan _retryAfter;

    internal UploadHandler(
        EventIntake intake,
        UploadLedger ledger,
        UploadProcessor processor,
        IImageClassifier classifier,
        WorkGate gate,
        TimeSpan retryAfter)
    {
        _intake = intake;
        _ledger = ledger;
        _processor = processor;
        _classifier = classifier;
        _gate = gate;
        _retryAfter = retryAfter;
    }

    /// <summary>Handles one delivery. All of the work is done before the answer.</summary>
    /// <param name="stopping">On shutdown: the claim is given back, the answer asks for another delivery.</param>
    public Task<EventAnswer> HandleAsync(UploadEvent upload, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var declared = new DeclaredContent(upload.ContentType, upload.ContentEncoding);
        return _intake.AnswerAsync(upload, work => ClassifyAsync(work, declared, isLive: null, stopping), stopping);
    }

    /// <summary>Keeps an event whose envelope is valid and whose data cannot be read at all.</summary>
    /// <param name="upload">What is known of it.</param>
    /// <param name="reason">For the operator: what is wrong with the data.</param>
    /// <param name="payload">The data, as text; its beginning is kept.</param>
    public Task<EventAnswer> RejectAsync(UploadEvent upload, string reason, string? payload, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var failure = new Failure(FailureCode.BadEvent, reason);
        return _intake.GuardAsync(() => _intake.ParkAsync(upload, failure, payload, EventVerdict.BadEvent, stopping), stopping);
    }

    /// <summary>Claims and works on one generation.</summary>
    /// <param name="declared">What the event says of the content; null: the object is asked.</param>
    /// <param name="isLive">True where this generation is known to be the live one; else null.</param>
    internal async Task<EventAnswer> ClassifyAsync(UploadWork work, DeclaredContent? declared, bool? isLive, CancellationToken stopping)
    {
        using var place = await _gate.EnterAsync(stopping);
        if (place is null)
        {
            return new EventAnswer(EventVerdict.QueueFull, _retryAfter);
        }

        // Asked before the claim: what nobody can work on yet stays with the platform, and costs no attempt. A refused type needs no model.
        var needsModel = declared is not { } content || work.Target.Types.MayTake(content.Type);
        if (needsModel && !await _classifier.WaitUntilReadyAsync(work.Target.Model, stopping))
        {
            return new EventAnswer(EventVerdict.ModelNotReady, _retryAfter);
        }

        stopping.ThrowIfCancellationRequested();
        return await _ledger.ClaimAsync(work, isLive, stopping) switch
        {
            ClaimOutcome.Claimed claimed => await _processor.ProcessAsync(claimed.Claim, declared, stopping),
            ClaimOutcome.Declined declined => EventAnswer.Of(declined.Verdict),
            _ => new EventAnswer(EventVerdict.Parked),
        };
    }
}
