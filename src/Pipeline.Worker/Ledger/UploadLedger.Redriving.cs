using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Ledger;

public sealed partial class UploadLedger
{
    /// <summary>
    /// Sends an object round again: the only way out of <c>failed</c> and <c>classified</c> for the same generation. One commit on both documents,
    /// each as read.
    /// </summary>
    /// <param name="condition">Asked anew before each commit; null where there is none.</param>
    public Task<RedriveOutcome> RedriveAsync(
        UploadTarget target,
        Func<CancellationToken, Task<RedriveTicket>>? condition,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var claimId = _newId();
        ResultDocument? seen = null;
        return ChangeAsync<RedriveOutcome>(
            target.Result,
            target.Letter,
            claimId,
            null,
            async (state, token) =>
            {
                if (state.Result is { } result && HasGoneRound(seen, result))
                {
                    return LedgerStep<RedriveOutcome>.Done(new RedriveOutcome.Redriven(result.Generation));
                }

                seen ??= state.Result;
                var step = Redrive(state, target, claimId);
                if (condition is null || step.Writes.IsEmpty)
                {
                    return step;
                }

                return await condition(token) switch
                {
                    RedriveTicket.Granted { Write: { } write } => step with { Writes = step.Writes.Add(write) },
                    RedriveTicket.Denied denied => LedgerStep<RedriveOutcome>.Done(new RedriveOutcome.Denied(denied.Reason)),
                    _ => step,
                };
            },
            cancellationToken);
    }

    /// <summary>
    /// Whether what was asked for has happened since the first read, by a commit of ours whose answer was lost or by somebody else's: a result that
    /// was done has left that state, or one that was to be tried again has been classified.
    /// </summary>
    private static bool HasGoneRound(ResultDocument? seen, ResultDocument result) =>
        seen is not null
        && seen.Generation == result.Generation
        && seen.ClaimId != result.ClaimId
        && result.Status != ResultStatus.Deleted
        && (seen.Status is ResultStatus.Classified or ResultStatus.Failed || result.Status == ResultStatus.Classified);

    private static LedgerStep<RedriveOutcome> Redrive(LedgerState state, UploadTarget target, string claimId)
    {
        switch (state.Result)
        {
            case { Status: ResultStatus.Deleted }:
                return LedgerStep<RedriveOutcome>.Done(new RedriveOutcome.Gone());
            case { Status: ResultStatus.Processing or ResultStatus.Unknown }:
                return LedgerStep<RedriveOutcome>.Done(new RedriveOutcome.InFlight());
            case { } result:
                var letter = LetterOf(new UploadWork(target, result.Generation, EventOrigin.None), state.Letter);
                return new LedgerStep<RedriveOutcome>(
                    [
                        ResultWrites.Retrying(target.Result, result.UpdateTime, null, claimId, attempts: 0),
                        StoredLetter.Save(target.Letter, state.Letter, Redriven(letter, state.Now)),
                    ],
                    _ => new RedriveOutcome.Redriven(result.Generation));
            case null when state.Letter is { Letter: { Generation: { } generation } stored }:
                // Captured from the platform, and never claimed yet.
                return stored.State == DeadLetterState.Due && stored.DueAt <= state.Now
                    ? LedgerStep<RedriveOutcome>.Done(new RedriveOutcome.Redriven(generation))
                    : new LedgerStep<RedriveOutcome>(
                        [StoredLetter.Save(target.Letter, state.Letter, Redriven(stored, state.Now))],
                        _ => new RedriveOutcome.Redriven(generation));
            default:
                return LedgerStep<RedriveOutcome>.Done(new RedriveOutcome.NotFound());
        }
    }

    private static DeadLetter Redriven(DeadLetter letter, DateTimeOffset now) => letter with
    {
        State = DeadLetterState.Due,
        DueAt = now,
        Attempts = 0,
        FirstFailedAt = null,
        ParkedReason = null,
        Redrives = letter.Redrives + 1,
    };
}
