using Pipeline.Testing.Documents;
using Pipeline.Testing.Simulation.Scheduling;
using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Simulation.History;

/// <summary>Writes every commit that reaches the store into the history, with who sent it.</summary>
internal sealed class RecordingDocumentStore : IDocumentStore
{
    private readonly InMemoryDocumentStore _inner;
    private readonly SimulationHistory _history;
    private readonly EventLoop _loop;

    public RecordingDocumentStore(InMemoryDocumentStore inner, SimulationHistory history, EventLoop loop)
    {
        _inner = inner;
        _history = history;
        _loop = loop;
    }

    public Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken) =>
        _inner.GetAsync(paths, cancellationToken);

    public Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        _inner.QueryAsync(query, cancellationToken);

    public async Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        var before = writes.Select(write => _inner.Peek(write.Path)).ToArray();
        var outcome = await _inner.CommitAsync(writes, cancellationToken);
        _history.Add(outcome switch
        {
            CommitOutcome.Committed committed => new SimulationEntry.Committed(
                _loop.Now,
                Actor.Current,
                committed.CommitTime,
                [.. before.Select(snapshot => new DocumentChange(snapshot, _inner.Peek(snapshot.Path)))]),
            CommitOutcome.Refused refused => new SimulationEntry.Refused(
                _loop.Now, Actor.Current, string.Join(", ", writes.Select(write => write.Path)), refused.Reason.ToString()),
            _ => throw new InvalidOperationException($"Not an outcome: {outcome}"),
        });
        return outcome;
    }
}
