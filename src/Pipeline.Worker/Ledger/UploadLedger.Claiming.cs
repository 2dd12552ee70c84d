using System.Collections.Immutable;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Ledger;

public sealed partial class UploadLedger
{
    /// <summary>Claims the work of an event: one conditional write for a new name, without a read.</summary>
    /// <param name="isLive">True where the caller has just seen that this generation is the live one; null where nobody has looked.</param>
    public async Task<ClaimOutcome> ClaimAsync(UploadWork work, bool? isLive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var claimId = _newId();
        if (isLive is null)
        {
            // The state of a name that was never seen; where that is wrong, the refusal leads to a read.
            var unseen = new LedgerState(null, null, AppDocumentState.Included, default);
            return await ClaimAsync(work, isLive, ClaimPurpose.Event, claimId, unseen, cancellationToken);
        }

        return await ClaimAsync(work, isLive, ClaimPurpose.Event, claimId, null, cancellationToken);
    }

    /// <summary>Claims the work of a letter that the sweep has found due. A letter that has become superfluous is deleted.</summary>
    public async Task<ClaimOutcome> ClaimDueAsync(UploadWork work, StoredLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(letter);
        var result = await ReadAsync(work.Target.Result, null, cancellationToken);
        var first = result with { Letter = letter };
        return await ClaimAsync(work, null, ClaimPurpose.DueLetter, _newId(), first, cancellationToken);
    }

    /// <summary>Claims the work of a result that the sweep has found with its lease over.</summary>
    public Task<ClaimOutcome> ClaimExpiredAsync(UploadWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return ClaimAsync(work, null, ClaimPurpose.ExpiredLease, _newId(), null, cancellationToken);
    }

    private async Task<ClaimOutcome> ClaimAsync(
        UploadWork work,
        bool? isLive,
        ClaimPurpose purpose,
        string claimId,
        LedgerState? first,
        CancellationToken cancellationToken)
    {
        // An event's claim reads the letter only where there may be one: see MayHaveLetter.
        var readLetter = purpose != ClaimPurpose.Event || isLive is not null;
        while (true)
        {
            var outcome = await ChangeAsync<ClaimOutcome?>(
                work.Target.Result,
                readLetter ? work.Target.Letter : null,
                claimId,
                first,
                async (state, token) =>
                {
                    if (purpose == ClaimPurpose.DueLetter && !IsDue(state, work))
                    {
                        return LedgerStep<ClaimOutcome?>.Done(new ClaimOutcome.NotDue());
                    }

                    var (verdict, isStillLive) = await VerdictAsync(state, work, purpose, token);
                    return readLetter || !MayHaveLetter(state, verdict)
                        ? Step(state, work, verdict, isStillLive, claimId)
                        : LedgerStep<ClaimOutcome?>.Done(null);
                },
                cancellationToken);
            if (outcome is not null)
            {
                return outcome;
            }

            (readLetter, first) = (true, null);
        }
    }

    /// <summary>
    /// What the documents say, and whether the generation is known to be live. The object is asked only where they speak of a higher generation, and
    /// only after they were read: what was live before may have been replaced by what they speak of.
    /// </summary>
    private async Task<(ClaimVerdict Verdict, bool IsLive)> VerdictAsync(
        LedgerState state,
        UploadWork work,
        ClaimPurpose purpose,
        CancellationToken cancellationToken)
    {
        var verdict = ClaimDecision.Decide(state.Result, work.Generation, isLive: null, purpose, state.Now, _policy.MaxAttempts);
        if (verdict != ClaimVerdict.AskLive && !(verdict is ClaimVerdict.First or ClaimVerdict.Newer && state.Letter?.Letter.Generation > work.Generation))
        {
            return (verdict, false);
        }

        var live = await _objects.FindLiveAsync(work.Target.Bucket, work.Target.Name, cancellationToken);
        var isLive = live?.Version.Generation == work.Generation;
        return (ClaimDecision.Decide(state.Result, work.Generation, isLive, purpose, state.Now, _policy.MaxAttempts), isLive);
    }

    /// <summary>A letter lies beside a result that is being retried, was parked, or was claimed by a sweep: beside no other.</summary>
    private static bool MayHaveLetter(LedgerState state, ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.TakeOver or ClaimVerdict.Exhausted => true,
        ClaimVerdict.Newer => state.Result!.Status is not (ResultStatus.Classified or ResultStatus.Deleted),
        _ => false,
    };

    private static bool IsDue(LedgerState state, UploadWork work) =>
        state.Letter is { Letter: { State: DeadLetterState.Due } letter } && letter.DueAt <= state.Now && letter.Generation == work.Generation;

    private LedgerStep<ClaimOutcome?> Step(LedgerState state, UploadWork work, ClaimVerdict verdict, bool isLive, string claimId)
    {
        switch (verdict)
        {
            case ClaimVerdict.First:
                return Claimed(state, work, _writes.ClaimNew(work, claimId, DocumentPrecondition.MustNotExist), isLive, claimId, 1);
            case ClaimVerdict.Newer:
                var unchanged = DocumentPrecondition.LastUpdated(state.Result!.UpdateTime);
                return Claimed(state, work, _writes.ClaimNew(work, claimId, unchanged), isLive, claimId, 1);
            case ClaimVerdict.Retry or ClaimVerdict.TakeOver:
                var attempts = state.Result!.Attempts + 1;
                return Claimed(state, work, _writes.ClaimAgain(work, claimId, attempts, state.Result.UpdateTime), isLive, claimId, attempts);
            case ClaimVerdict.Exhausted:
                return Park(state, work, claimId);
            default:
                // A letter that was due for something that is done, or that another generation has replaced, is of no use any more.
                return state.Letter is { } letter && verdict is ClaimVerdict.Duplicate or ClaimVerdict.Superseded && IsDue(state, work)
                    ? new LedgerStep<ClaimOutcome?>([state.Letter!.Remove()], _ => new ClaimOutcome.Declined(verdict))
                    : LedgerStep<ClaimOutcome?>.Done(new ClaimOutcome.Declined(verdict));
        }
    }

    private LedgerStep<ClaimOutcome?> Claimed(
        LedgerState state,
        UploadWork work,
        DocumentWrite.Set claim,
        bool isLive,
        string claimId,
        int attempts)
    {
        ImmutableArray<DocumentWrite> writes = [claim];
        DeadLetter? moved = null;
        if (state.Letter is { } seen && seen.Letter.Generation == work.Generation)
        {
            moved = seen.Letter with { State = DeadLetterState.Due, DueAt = state.Now + _lease };
            writes = [claim, StoredLetter.Save(work.Target.Letter, seen, moved)];
        }
        else if (state.Letter is { } other && (isLive || other.Letter.Generation is not { } generation || generation < work.Generation))
        {
            // A letter of a newer generation stays, unless this one is known to be live: then it speaks of something that is gone.
            writes = [claim, other.Remove()];
        }

        return new LedgerStep<ClaimOutcome?>(writes, versions => new ClaimOutcome.Claimed(new Claim(
            work,
            claimId,
            attempts,
            versions.At,
            versions.Result,
            moved is not null && versions.Letter is { } version ? new StoredLetter(work.Target.Letter, version, moved) : null)));
    }

    private LedgerStep<ClaimOutcome?> Park(LedgerState state, UploadWork work, string claimId)
    {
        var failure = new Failure(FailureCode.LeaseExpired, $"The work ended without a word {state.Result!.Attempts} times.");
        var letter = LetterOf(work, state.Letter).With(Error(work, failure, state.Now)) with
        {
            State = DeadLetterState.Parked,
            DueAt = state.Now,
            Attempts = state.Result.Attempts,
            ParkedReason = "ATTEMPTS_EXHAUSTED",
        };
        var change = _writes.Failed(work.Target.Result, state.Result.UpdateTime, failure, claimId, state.App, state.Now);
        return new LedgerStep<ClaimOutcome?>(
            [.. WithApp(work, change, state.App), StoredLetter.Save(work.Target.Letter, state.Letter, letter)],
            _ =>
            {
                Log.Exhausted(_logger, LogText.Of(work.Target.Name), state.Result.Attempts);
                return new ClaimOutcome.Parked();
            },
            TouchesApp(work, state.App));
    }

    /// <summary>The letter to go on from: the known one where it speaks of this generation, else a new one.</summary>
    private static DeadLetter LetterOf(UploadWork work, StoredLetter? known) => known is { Letter: var letter } && letter.Generation == work.Generation
        ? letter
        : new DeadLetter(
            work.Target.Bucket,
            work.Target.Name,
            work.Generation,
            work.Target.Rule,
            work.Origin.EventId,
            work.Origin.EventType,
            work.Origin.EventTime,
            DeadLetterState.Due,
            default,
            0,
            null,
            null,
            [],
            null,
            0);

    private DeadLetterError Error(UploadWork work, Failure failure, DateTimeOffset now) =>
        new(failure.Code.Name, failure.Message, now, work.Target.Model, _instance);
}
