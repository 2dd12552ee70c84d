using System.Collections.Immutable;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;

namespace Pipeline.Worker.Ledger;

public sealed partial class UploadLedger
{
    /// <summary>Lets the lease begin anew.</summary>
    public async Task<RenewOutcome> RenewAsync(Claim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        for (var reads = 0; reads <= MaxReads; reads++)
        {
            var path = claim.Work.Target.Result;
            var outcome = await _store.CommitAsync([_writes.Renew(path, claim.Version)], cancellationToken);
            if (outcome is CommitOutcome.Committed committed)
            {
                claim.Version = committed.UpdateTimes[0];
                return RenewOutcome.Renewed;
            }

            var read = await ReadAsync(path, null, cancellationToken);
            if (!IsHeldBy(read.Result, claim) || read.Result!.Status != ResultStatus.Processing)
            {
                return RenewOutcome.Lost;
            }

            claim.Version = read.Result.UpdateTime;
        }

        throw Contended(claim.Work.Target.Result);
    }

    /// <summary>Writes the labels. The renewal loop has been stopped.</summary>
    public Task<FinishOutcome> CompleteAsync(
        Claim claim,
        ImageClassification classification,
        ProcessingTimes times,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(classification);
        return FinishAsync(
            claim,
            ResultStatus.Classified,
            FinishOutcome.Classified,
            hold => new LedgerStep<FinishOutcome>(
                [
                    .. WithApp(
                        claim.Work,
                        _writes.Classified(claim.Work.Target.Result, hold.Version, classification, times, hold.App, hold.Now),
                        hold.App),
                    .. hold.RemoveLetter(claim.Work.Generation),
                ],
                static _ => FinishOutcome.Classified,
                TouchesApp(claim.Work, hold.App)),
            cancellationToken);
    }

    /// <summary>Writes a failure, and the dead letter that follows from the retry policy. The renewal loop has been stopped.</summary>
    public Task<FinishOutcome> FailAsync(Claim claim, Failure failure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(failure);
        var now = Clock.Now!.Value;
        var failingFor = claim.Letter?.Letter.FirstFailedAt is { } first ? now - first : TimeSpan.Zero;
        return _policy.Decide(failure.Kind, claim.Attempts, failingFor) switch
        {
            RetryDecision.Again again => RetryAsync(
                claim,
                failure,
                claim.Attempts - (again.AttemptGivenBack ? 1 : 0),
                now + again.Delay,
                FinishOutcome.Retrying,
                cancellationToken),
            RetryDecision.GiveUp { Parked: true } park => GiveUpAsync(claim, failure, park.Reason, now, cancellationToken),
            _ => GiveUpAsync(claim, failure, null, now, cancellationToken),
        };
    }

    /// <summary>Gives the claim back without counting the attempt, due at once. The renewal loop has been stopped.</summary>
    public Task<FinishOutcome> ReleaseAsync(Claim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var failure = new Failure(FailureCode.ShutDown, "The instance was shut down before the work was done.");
        return RetryAsync(claim, failure, claim.Attempts - 1, Clock.Now!.Value, FinishOutcome.Released, cancellationToken);
    }

    private Task<FinishOutcome> RetryAsync(
        Claim claim,
        Failure failure,
        int attempts,
        DateTimeOffset dueAt,
        FinishOutcome outcome,
        CancellationToken cancellationToken) => FinishAsync(
            claim,
            ResultStatus.Retrying,
            outcome,
            hold => new LedgerStep<FinishOutcome>(
                [
                    ResultWrites.Retrying(claim.Work.Target.Result, hold.Version, failure, null, attempts),
                    .. Save(claim.Work, hold.Letter, letter => letter.With(Error(claim.Work, failure, hold.Now)) with
                    {
                        State = DeadLetterState.Due,
                        DueAt = dueAt,
                        Attempts = attempts,
                        ParkedReason = null,
                    }),
                ],
                _ => outcome),
            cancellationToken);

    private Task<FinishOutcome> GiveUpAsync(
        Claim claim,
        Failure failure,
        string? parkedReason,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var outcome = parkedReason is null ? FinishOutcome.Failed : FinishOutcome.Parked;
        return FinishAsync(
            claim,
            ResultStatus.Failed,
            outcome,
            hold => new LedgerStep<FinishOutcome>(
                [
                    .. WithApp(
                        claim.Work,
                        _writes.Failed(claim.Work.Target.Result, hold.Version, failure, null, hold.App, hold.Now),
                        hold.App),
                    .. parkedReason is null
                        ? hold.RemoveLetter(claim.Work.Generation)
                        : Save(claim.Work, hold.Letter, letter => letter.With(Error(claim.Work, failure, hold.Now)) with
                        {
                            State = DeadLetterState.Parked,
                            DueAt = now,
                            Attempts = claim.Attempts,
                            ParkedReason = parkedReason,
                        }),
                ],
                _ => outcome,
                TouchesApp(claim.Work, hold.App)),
            cancellationToken);
    }

    /// <summary>A holder's last change: fenced by its last own write; a refusal is settled by reading back.</summary>
    private async Task<FinishOutcome> FinishAsync(
        Claim claim,
        ResultStatus intended,
        FinishOutcome outcome,
        Func<HeldState, LedgerStep<FinishOutcome>> prepare,
        CancellationToken cancellationToken)
    {
        var target = claim.Work.Target;
        var held = new HeldState(claim.Version, claim.Letter, AppDocumentState.Included, Clock.Now!.Value);
        for (var reads = 0; reads <= MaxReads; reads++)
        {
            var step = prepare(held);
            if (await CommitAsync(step, cancellationToken) is not CommitOutcome.Refused refused)
            {
                return outcome;
            }

            var read = await ReadAsync(target.Result, target.Letter, cancellationToken);
            if (IsHeldBy(read.Result, claim) && read.Result!.Status == intended)
            {
                return outcome;
            }

            if (!IsHeldBy(read.Result, claim) || read.Result!.Status != ResultStatus.Processing)
            {
                Log.Lost(_logger, LogText.Of(target.Name), intended);
                return FinishOutcome.Lost;
            }

            // Unchanged documents, and yet a refusal: only the app's own document can have caused it.
            var isUnchanged = read.Result.UpdateTime == held.Version && read.Letter?.UpdateTime == held.Letter?.UpdateTime;
            var app = isUnchanged && step.TouchesApp ? LedgerState.Blame(refused) : held.App;
            if (app != held.App)
            {
                Log.AppDocumentLeftOut(_logger, LogText.Of(target.Name), app);
            }

            held = new HeldState(read.Result.UpdateTime, read.Letter, app, read.Now);
            claim.Version = held.Version;
        }

        throw Contended(target.Result);
    }

    private static bool IsHeldBy(ResultDocument? result, Claim claim) =>
        result is not null && result.ClaimId == claim.Id && result.Generation == claim.Work.Generation;

    /// <summary>The write of the changed letter. One that speaks of a newer generation is left alone: it matters more.</summary>
    private static ImmutableArray<DocumentWrite> Save(UploadWork work, StoredLetter? known, Func<DeadLetter, DeadLetter> change) =>
        known is { Letter: { State: DeadLetterState.Due } letter } && letter.Generation > work.Generation
            ? []
            : [StoredLetter.Save(work.Target.Letter, known, change(LetterOf(work, known)))];
}
