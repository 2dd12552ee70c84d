using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>
/// The document store as this room uses it: every answer's time is noted, a request without an answer is sent again. Sending the identical commit
/// again is safe after an unknown outcome, because every commit here is fenced by preconditions: its second copy is refused.
/// </summary>
internal sealed class ObservedStore
{
    /// <summary>How often a request is sent before its failure stands.</summary>
    public const int MaxSends = 4;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    private readonly IDocumentStore _store;
    private readonly TimeProvider _time;
    private readonly Func<double> _chance;

    public ObservedStore(IDocumentStore store, StoreClock clock, TimeProvider time, Func<double> chance)
    {
        _store = store;
        Clock = clock;
        _time = time;
        _chance = chance;
    }

    public StoreClock Clock { get; }

    public Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken) =>
        ReadAsync(() => _store.GetAsync(paths, cancellationToken), cancellationToken);

    public Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        ReadAsync(() => _store.QueryAsync(query, cancellationToken), cancellationToken);

    /// <exception cref="DocumentStoreException">No answer after several sends; whether the commit was or will be applied is then unknown.</exception>
    public async Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        var outcome = await SendAsync(() => _store.CommitAsync(writes, cancellationToken), cancellationToken);
        if (outcome is CommitOutcome.Committed committed)
        {
            Clock.Observe(committed.CommitTime);
        }

        return outcome;
    }

    /// <summary>The store's time; one read where none has been seen yet.</summary>
    /// <param name="anyPath">What is read then; it need not exist.</param>
    public async Task<DateTimeOffset> NowAsync(DocumentPath anyPath, CancellationToken cancellationToken)
    {
        if (Clock.Now is null)
        {
            await GetAsync([anyPath], cancellationToken);
        }

        return Clock.Now!.Value;
    }

    private async Task<DocumentReadResult> ReadAsync(Func<Task<DocumentReadResult>> request, CancellationToken cancellationToken)
    {
        var result = await SendAsync(request, cancellationToken);
        Clock.Observe(result.ReadTime);
        return result;
    }

    /// <summary>Sends until there is an answer. A store that does not listen to its token is left behind.</summary>
    private async Task<T> SendAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        for (var sends = 1; ; sends++)
        {
            try
            {
                return await request().WaitAsync(cancellationToken);
            }
            catch (DocumentStoreException exception) when (sends < MaxSends && MayPass(exception.Error))
            {
                // The first copy after an unknown outcome goes out at once: it is the quickest way to learn what became of the original.
                if (sends > 1 || exception.Error != DocumentStoreError.UnknownOutcome)
                {
                    await Task.Delay(FirstDelay * Math.Pow(2, sends - 1) * (1 + _chance()), _time, cancellationToken);
                }
            }
        }
    }

    private static bool MayPass(DocumentStoreError error) => error is
        DocumentStoreError.Unavailable or DocumentStoreError.UnknownOutcome or DocumentStoreError.Aborted or DocumentStoreError.ResourceExhausted;
}
