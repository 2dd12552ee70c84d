using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Faults;

/// <summary>A document store with faults by seed and rate.</summary>
public sealed class FaultyDocumentStore : IDocumentStore
{
    private readonly IDocumentStore _inner;
    private readonly TimeProvider _time;
    private readonly FaultDice _dice;
    private readonly Lock _lock = new();
    private readonly List<Task> _late = [];
    private FaultPlan _plan = FaultPlan.None;

    /// <param name="time">The clock that delays are waited on.</param>
    public FaultyDocumentStore(IDocumentStore inner, FaultPlan plan, int seed, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(time);
        _inner = inner;
        _time = time;
        _dice = new FaultDice(seed);
        Plan = plan;
    }

    /// <summary>What was injected so far.</summary>
    public FaultCounts Injected { get; } = new();

    /// <summary>Applies to calls that begin after it is set.</summary>
    public FaultPlan Plan
    {
        get => _plan;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Validate();
            _plan = value;
        }
    }

    public Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken) =>
        ReadAsync("get", Plan, Plan.Gets, token => _inner.GetAsync(paths, token), cancellationToken);

    public Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        ReadAsync("query", Plan, Plan.Queries, token => _inner.QueryAsync(query, token), cancellationToken);

    public async Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        var plan = Plan;
        var fault = await BeginAsync("commit", plan, plan.Commits, cancellationToken);
        switch (fault)
        {
            case null:
                return await _inner.CommitAsync(writes, cancellationToken);
            case DocumentFault.AnswerLost:
                await _inner.CommitAsync(writes, CancellationToken.None);
                throw Failure(fault.Value, "commit");
            case DocumentFault.LandsLate:
                LandLate(writes, _dice.Between(plan.ShortestDelay, plan.LongestDelay));
                throw Failure(fault.Value, "commit");
            case DocumentFault.SentTwice:
                await _inner.CommitAsync(writes, CancellationToken.None);
                return await _inner.CommitAsync(writes, CancellationToken.None);
            case DocumentFault.Refused:
                return new CommitOutcome.Refused(
                    writes[0].Precondition == DocumentPrecondition.MustNotExist ? CommitRefusal.AlreadyExists : CommitRefusal.FailedPrecondition,
                    "injected: refused without a reason");
            default:
                throw Failure(fault.Value, "commit");
        }
    }

    /// <summary>Waits until every commit that was to land late so far has landed (or failed).</summary>
    public async Task DrainAsync()
    {
        Task[] late;
        lock (_lock)
        {
            late = [.. _late];
            _late.Clear();
        }

        await Task.WhenAll(late);
    }

    private async Task<DocumentReadResult> ReadAsync(
        string method, FaultPlan plan, DocumentFaultRates rates, Func<CancellationToken, Task<DocumentReadResult>> read, CancellationToken cancellationToken)
    {
        var fault = await BeginAsync(method, plan, rates, cancellationToken);
        return fault is null ? await read(cancellationToken) : throw Failure(fault.Value, method);
    }

    /// <summary>Draws, counts, and waits where the fault is one of time.</summary>
    private async Task<DocumentFault?> BeginAsync(string method, FaultPlan plan, DocumentFaultRates rates, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var delayed = _dice.Roll(rates.Delayed);
        var fault = _dice.Pick(rates.Exclusive());
        if (fault is not null)
        {
            Injected.Add(method, fault);
        }

        if (delayed)
        {
            Injected.Add(method, DocumentFault.Delayed);
            await Task.Delay(_dice.Between(plan.ShortestDelay, plan.LongestDelay), _time, cancellationToken);
        }

        if (fault == DocumentFault.Stalled)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
        }

        return fault;
    }

    private void LandLate(IReadOnlyList<DocumentWrite> writes, TimeSpan delay)
    {
        var landing = LandAsync([.. writes], delay);
        lock (_lock)
        {
            _late.Add(landing);
        }
    }

    private async Task LandAsync(IReadOnlyList<DocumentWrite> writes, TimeSpan delay)
    {
        await Task.Delay(delay, _time, CancellationToken.None);
        try
        {
            await _inner.CommitAsync(writes, CancellationToken.None);
        }
        catch (DocumentStoreException)
        {
            // Nobody waits for this answer any more.
        }
    }

    private static DocumentStoreException Failure(DocumentFault fault, string method) => new(
        fault switch
        {
            DocumentFault.Unavailable => DocumentStoreError.Unavailable,
            DocumentFault.Aborted => DocumentStoreError.Aborted,
            DocumentFault.ResourceExhausted => DocumentStoreError.ResourceExhausted,
            DocumentFault.PermissionDenied => DocumentStoreError.PermissionDenied,
            DocumentFault.InvalidArgument => DocumentStoreError.InvalidArgument,
            _ => DocumentStoreError.UnknownOutcome,
        },
        method,
        $"injected: {fault}");
}
