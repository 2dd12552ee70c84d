using Pipeline.Worker.Ledger;

namespace Pipeline.Worker.Uploads;

/// <summary>The way of an event that says a generation is gone or no longer live.</summary>
public sealed class RemovalHandler
{
    private readonly EventIntake _intake;
    private readonly UploadLedger _ledger;

    internal RemovalHandler(EventIntake intake, UploadLedger ledger)
    {
        _intake = intake;
        _ledger = ledger;
    }

    /// <summary>Handles one delivery. An overwrite sends such an event for the old generation as well: then nothing is written.</summary>
    public Task<EventAnswer> HandleAsync(UploadEvent upload, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return _intake.AnswerAsync(
            upload,
            async work => new EventAnswer(await _ledger.RemoveAsync(work, stopping) switch
            {
                RemovalOutcome.Deleted => EventVerdict.Deleted,
                RemovalOutcome.Live => EventVerdict.StillLive,
                _ => EventVerdict.Duplicate,
            }),
            stopping);
    }
}
