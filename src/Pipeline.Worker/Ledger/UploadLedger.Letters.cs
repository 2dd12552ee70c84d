using System.Collections.Immutable;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Ledger;

public sealed partial class UploadLedger
{
    /// <summary>A page of letters in one state, by <c>dueAt</c>.</summary>
    /// <param name="dueBy">Only letters due by this time; null for all.</param>
    /// <param name="after">The last document of the page before, or null.</param>
    public Task<DocumentReadResult> QueryLettersAsync(
        string collection,
        DeadLetterState state,
        DateTimeOffset? dueBy,
        int limit,
        DocumentSnapshot? after,
        CancellationToken cancellationToken)
    {
        var name = state == DeadLetterState.Due ? DeadLetter.Due : DeadLetter.Parked;
        var filters = ImmutableArray.Create(new DocumentFilter(FieldNames.State, DocumentFilterOperator.Equal, name));
        if (dueBy is { } time)
        {
            filters = filters.Add(new DocumentFilter(FieldNames.DueAt, DocumentFilterOperator.LessThanOrEqual, time));
        }

        return _store.QueryAsync(new DocumentQuery(collection, filters, FieldNames.DueAt, false, limit, after), cancellationToken);
    }

    /// <summary>A page of results whose lease may be over: begun at least one lease ago.</summary>
    public async Task<ImmutableArray<ResultDocument>> QueryExpiredAsync(string collection, int limit, CancellationToken cancellationToken)
    {
        var now = await NowAsync(new DocumentPath(collection, "clock"), cancellationToken);
        var path = $"{FieldNames.Lease}.{FieldNames.At}";
        var filter = new DocumentFilter(path, DocumentFilterOperator.LessThanOrEqual, now - _lease);
        var read = await _store.QueryAsync(new DocumentQuery(collection, [filter], path, false, limit), cancellationToken);
        return [.. read.Documents.Select(ResultDocument.Read).OfType<ResultDocument>()];
    }

    /// <summary>The letter at a path, or null.</summary>
    public async Task<StoredLetter?> FindLetterAsync(DocumentPath letter, CancellationToken cancellationToken) =>
        StoredLetter.Read((await _store.GetAsync([letter], cancellationToken)).Documents[0]);

    /// <summary>A letter and the result beside it, as they were at one time; either may be missing.</summary>
    public async Task<(StoredLetter? Letter, DocumentSnapshot Result)> FindLetterWithResultAsync(
        DocumentPath letter, DocumentPath result, CancellationToken cancellationToken)
    {
        var read = await _store.GetAsync([letter, result], cancellationToken);
        return (StoredLetter.Read(read.Documents[0]), read.Documents[1]);
    }

    /// <summary>The store's time; one read where none has been seen yet.</summary>
    /// <param name="anyPath">What is read then; it need not exist.</param>
    public Task<DateTimeOffset> NowAsync(DocumentPath anyPath, CancellationToken cancellationToken) => _store.NowAsync(anyPath, cancellationToken);

    /// <summary>Parks what is to be retried: nothing happens to it until it is redriven. A result that waited for it has failed.</summary>
    /// <param name="letter">As it was looked at; another one is left alone.</param>
    /// <param name="result">The path of the result that goes with the letter.</param>
    /// <param name="target">What the rules say of the object; null where none matches any more.</param>
    /// <param name="reason">Upper snake case, for <c>parkedReason</c>.</param>
    public Task<LetterOutcome> ParkAsync(
        StoredLetter letter, DocumentPath result, UploadTarget? target, Failure failure, string reason, CancellationToken cancellationToken) =>
        EndWaitingAsync(letter, result, target, failure, reason, cancellationToken);

    /// <summary>Deletes a letter; a result that waited for it has failed.</summary>
    /// <inheritdoc cref="ParkAsync"/>
    public Task<LetterOutcome> DropAsync(
        StoredLetter letter, DocumentPath result, UploadTarget? target, Failure failure, CancellationToken cancellationToken) =>
        EndWaitingAsync(letter, result, target, failure, null, cancellationToken);

    /// <summary>Deletes a letter as read; one that has changed meanwhile stays.</summary>
    internal async Task DiscardAsync(StoredLetter letter, CancellationToken cancellationToken) =>
        await _store.CommitAsync([letter.Remove()], cancellationToken);

    /// <param name="reason">To park with; null to delete.</param>
    private Task<LetterOutcome> EndWaitingAsync(
        StoredLetter letter, DocumentPath result, UploadTarget? target, Failure failure, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var claimId = _newId();
        var isSent = false;
        return ChangeAsync(
            result,
            letter.Path,
            claimId,
            null,
            (state, _) =>
            {
                // Our own commit may have landed without an answer: then the letter is already as it was to become.
                var step = isSent && IsEnded(state.Letter, reason)
                    ? LedgerStep<LetterOutcome>.Done(LetterOutcome.Done)
                    : EndWaiting(state, letter, target, failure, reason, claimId);
                isSent |= !step.Writes.IsEmpty;
                return Task.FromResult(step);
            },
            cancellationToken);
    }

    private static bool IsEnded(StoredLetter? letter, string? reason) => reason is null
        ? letter is null
        : letter?.Letter is { State: DeadLetterState.Parked } parked && parked.ParkedReason == reason;

    private LedgerStep<LetterOutcome> EndWaiting(
        LedgerState state, StoredLetter seen, UploadTarget? target, Failure failure, string? reason, string claimId)
    {
        if (state.Letter is not { } stored)
        {
            return LedgerStep<LetterOutcome>.Done(LetterOutcome.NotFound);
        }

        var isSame = state.Result?.Generation == stored.Letter.Generation;
        if (isSame && state.Result?.Status == ResultStatus.Processing)
        {
            return LedgerStep<LetterOutcome>.Done(LetterOutcome.InFlight);
        }

        if (stored.UpdateTime != seen.UpdateTime)
        {
            return LedgerStep<LetterOutcome>.Done(LetterOutcome.Changed);
        }

        if (reason is not null && stored.Letter.State == DeadLetterState.Parked)
        {
            return LedgerStep<LetterOutcome>.Done(LetterOutcome.AlreadyParked);
        }

        var write = reason is null
            ? stored.Remove()
            : StoredLetter.Save(stored.Path, stored, stored.Letter with { State = DeadLetterState.Parked, DueAt = state.Now, ParkedReason = reason });
        if (!isSame || state.Result is not { Status: ResultStatus.Retrying } waiting)
        {
            return new LedgerStep<LetterOutcome>([write], static _ => LetterOutcome.Done);
        }

        var failed = _writes.Failed(waiting.Path, waiting.UpdateTime, failure, claimId, state.App, state.Now);
        return target is null
            ? new LedgerStep<LetterOutcome>([failed, write], static _ => LetterOutcome.Done)
            : new LedgerStep<LetterOutcome>(
                [.. WithApp(new UploadWork(target, waiting.Generation, EventOrigin.None), failed, state.App), write],
                static _ => LetterOutcome.Done,
                target.AppDocument is not null && state.App == AppDocumentState.Included);
    }
}
