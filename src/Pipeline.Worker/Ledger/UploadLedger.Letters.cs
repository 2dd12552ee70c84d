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

    /// <summary>The store's time; one read where none has been seen yet.</summary>
    /// <param name="anyPath">What is read then; it need not exist.</param>
    public Task<DateTimeOffset> NowAsync(DocumentPath anyPath, CancellationToken cancellationToken) => _store.NowAsync(anyPath, cancellationToken);

    /// <summary>Parks what is to be retried: nothing happens to it until it is redriven.</summary>
    /// <param name="result">The path of the result that goes with the letter.</param>
    /// <param name="target">What the rules say of the object; null where none matches any more.</param>
    /// <param name="reason">Upper snake case, for <c>parkedReason</c>.</param>
    /// <returns>False where there is no letter that is due, or somebody is working on it.</returns>
    public Task<bool> ParkAsync(
        DocumentPath result,
        DocumentPath letter,
        UploadTarget? target,
        Failure failure,
        string reason,
        CancellationToken cancellationToken) => EndWaitingAsync(
            result,
            letter,
            target,
            failure,
            (stored, now) => stored.Letter.State == DeadLetterState.Parked
                ? null
                : StoredLetter.Save(letter, stored, stored.Letter with { State = DeadLetterState.Parked, DueAt = now, ParkedReason = reason }),
            cancellationToken);

    /// <summary>Deletes a letter; a result that waited for it has failed.</summary>
    /// <returns>False where there is no letter, or somebody is working on it.</returns>
    public Task<bool> DropAsync(
        DocumentPath result,
        DocumentPath letter,
        UploadTarget? target,
        Failure failure,
        CancellationToken cancellationToken) =>
        EndWaitingAsync(result, letter, target, failure, static (stored, _) => stored.Remove(), cancellationToken);

    /// <summary>Makes a letter that lies beside no result due now.</summary>
    /// <returns>False where it names no generation of an object, or is not there any more.</returns>
    public async Task<bool> RedriveLetterAsync(DocumentPath letter, CancellationToken cancellationToken)
    {
        var stored = await FindLetterAsync(letter, cancellationToken);
        if (stored is not { Letter: { Bucket: not null, Name: not null, Generation: not null } known })
        {
            return false;
        }

        var due = Redriven(known, Clock.Now!.Value);
        return await _store.CommitAsync([StoredLetter.Save(letter, stored, due)], cancellationToken) is CommitOutcome.Committed;
    }

    /// <summary>Deletes a letter as read; one that has changed meanwhile stays.</summary>
    internal async Task DiscardAsync(StoredLetter letter, CancellationToken cancellationToken) =>
        await _store.CommitAsync([letter.Remove()], cancellationToken);

    private Task<bool> EndWaitingAsync(
        DocumentPath result,
        DocumentPath letter,
        UploadTarget? target,
        Failure failure,
        Func<StoredLetter, DateTimeOffset, DocumentWrite?> change,
        CancellationToken cancellationToken)
    {
        var claimId = _newId();
        return ChangeAsync(
            result,
            letter,
            claimId,
            null,
            (state, _) => Task.FromResult(EndWaiting(state, target, failure, change, claimId)),
            cancellationToken);
    }

    private LedgerStep<bool> EndWaiting(
        LedgerState state,
        UploadTarget? target,
        Failure failure,
        Func<StoredLetter, DateTimeOffset, DocumentWrite?> change,
        string claimId)
    {
        var isSame = state.Result?.Generation == state.Letter?.Letter.Generation;
        if ((isSame && state.Result?.Status == ResultStatus.Processing)
            || state.Letter is not { } stored
            || change(stored, state.Now) is not { } write)
        {
            return LedgerStep<bool>.Done(false);
        }

        if (!isSame || state.Result is not { Status: ResultStatus.Retrying } waiting)
        {
            return new LedgerStep<bool>([write], static _ => true);
        }

        var failed = _writes.Failed(waiting.Path, waiting.UpdateTime, failure, claimId, state.App, state.Now);
        return target is null
            ? new LedgerStep<bool>([failed, write], static _ => true)
            : new LedgerStep<bool>(
                [.. WithApp(new UploadWork(target, waiting.Generation, EventOrigin.None), failed, state.App), write],
                static _ => true,
                target.AppDocument is not null && state.App == AppDocumentState.Included);
    }
}
