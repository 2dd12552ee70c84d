using Pipeline.Worker.Documents;
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
        CancellationToken cancellationToken) => RedriveAsync(target, null, condition, cancellationToken);

    /// <summary>Sends the object of a letter round again, if the letter is still the one that was looked at.</summary>
    public Task<RedriveOutcome> RedriveAsync(UploadTarget target, StoredLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return RedriveAsync(target, letter, null, cancellationToken);
    }

    /// <summary>Makes a letter that lies beside no result due now, if it is still the one that was looked at.</summary>
    public async Task<RedriveOutcome> RedriveLetterAsync(StoredLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Letter is not { Bucket: not null, Name: not null, Generation: { } generation } known)
        {
            return new RedriveOutcome.NotFound();
        }

        var due = Redriven(known, await _store.NowAsync(letter.Path, cancellationToken));
        if (await _store.CommitAsync([StoredLetter.Save(letter.Path, letter, due)], cancellationToken) is CommitOutcome.Committed)
        {
            return new RedriveOutcome.Redriven(generation);
        }

        return NoLongerAsSeen(letter, await FindLetterAsync(letter.Path, cancellationToken), isSent: true);
    }

    private Task<RedriveOutcome> RedriveAsync(
        UploadTarget target,
        StoredLetter? letter,
        Func<CancellationToken, Task<RedriveTicket>>? condition,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var claimId = _newId();
        ResultDocument? seen = null;
        var isSent = false;
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

                if (letter is not null && state.Letter?.UpdateTime != letter.UpdateTime)
                {
                    return LedgerStep<RedriveOutcome>.Done(NoLongerAsSeen(letter, state.Letter, isSent));
                }

                seen ??= state.Result;
                var step = Redrive(state, target, claimId);
                isSent |= !step.Writes.IsEmpty;
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

    /// <summary>A letter that has changed: by our own redrive, whose answer was lost, or by somebody else.</summary>
    private static RedriveOutcome NoLongerAsSeen(StoredLetter seen, StoredLetter? now, bool isSent) =>
        now is null ? new RedriveOutcome.NotFound()
        : isSent && now.Letter is { State: DeadLetterState.Due, Generation: { } generation } letter && letter.Redrives == seen.Letter.Redrives + 1
            ? new RedriveOutcome.Redriven(generation)
            : new RedriveOutcome.Changed();

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
