using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>A store on which something happens before each query: what others do between two reads.</summary>
internal sealed class InterruptedStore : IDocumentStore
{
    private readonly IDocumentStore _inner;

    public InterruptedStore(IDocumentStore inner)
    {
        _inner = inner;
    }

    public Func<Task> BeforeQuery { get; set; } = () => Task.CompletedTask;

    public Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken) => _inner.GetAsync(paths, cancellationToken);

    public Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) => _inner.CommitAsync(writes, cancellationToken);

    public async Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        await BeforeQuery();
        return await _inner.QueryAsync(query, cancellationToken);
    }
}
