using Pipeline.Testing.Simulation.Scheduling;
using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Simulation.World;

/// <summary>A document store behind a network: as a client with a deadline sees it.</summary>
internal sealed class GatedDocumentStore : IDocumentStore
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly IDocumentStore _inner;
    private readonly ProcessGate _gate;

    public GatedDocumentStore(IDocumentStore inner, ProcessGate gate)
    {
        _inner = inner;
        _gate = gate;
    }

    public Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken) =>
        CallAsync("get", () => _inner.GetAsync(paths, CancellationToken.None), cancellationToken);

    public Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        IReadOnlyList<DocumentWrite> sent = [.. writes];
        return CallAsync("commit", () => _inner.CommitAsync(sent, CancellationToken.None), cancellationToken);
    }

    public Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        CallAsync("query", () => _inner.QueryAsync(query, CancellationToken.None), cancellationToken);

    private Task<T> CallAsync<T>(string operation, Func<Task<T>> carryOut, CancellationToken cancellationToken) => _gate.CallAsync(
        operation,
        carryOut,
        Deadline,
        () => new DocumentStoreException(DocumentStoreError.UnknownOutcome, operation, "no answer within the deadline"),
        cancellationToken);
}
