using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

public sealed partial class UploadLedger
{
    /// <summary>
    /// Records that a generation is gone: a tombstone where nothing of the object is live. The documents are read before the object, so that a
    /// generation that comes and is claimed in between refuses the commit.
    /// </summary>
    public Task<RemovalOutcome> RemoveAsync(UploadWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var claimId = _newId();
        return ChangeAsync<RemovalOutcome>(
            work.Target.Result,
            work.Target.Letter,
            claimId,
            null,
            async (state, token) =>
            {
                var live = await _objects.FindLiveAsync(work.Target.Bucket, work.Target.Name, token);
                return live is null ? Remove(state, work, claimId) : LedgerStep<RemovalOutcome>.Done(new RemovalOutcome.Live(live));
            },
            cancellationToken);
    }

    private LedgerStep<RemovalOutcome> Remove(LedgerState state, UploadWork work, string claimId)
    {
        ImmutableArray<DocumentWrite> letter = state.Letter is null ? [] : [state.Letter.Remove()];
        if (state.Result is { Status: ResultStatus.Deleted } result && result.Generation >= work.Generation)
        {
            return new LedgerStep<RemovalOutcome>(letter, static _ => new RemovalOutcome.AlreadyDeleted());
        }

        // Nothing is live, so whatever the document spoke of is gone as well: the tombstone keeps the higher generation.
        var gone = state.Result is { } existing && existing.Generation > work.Generation ? work with { Generation = existing.Generation } : work;
        var change = _writes.Tombstone(state.Result, gone, claimId, state.App, state.Now);
        return new LedgerStep<RemovalOutcome>(
            [.. WithApp(gone, change, state.App), .. letter],
            static _ => new RemovalOutcome.Deleted(),
            TouchesApp(gone, state.App));
    }
}
