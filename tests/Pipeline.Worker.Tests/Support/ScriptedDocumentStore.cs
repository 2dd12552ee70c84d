using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Support;

/// <summary>A document store whose next requests the test may intercept.</summary>
internal sealed class ScriptedDocumentStore : IDocumentStore
{
    private readonly IDocumentStore _inner;
    private readonly Queue<Func<Func<Task<CommitOutcome>>, Task<CommitOutcome>>> _commits = new();

    public ScriptedDocumentStore(IDocumentStore inner)
    {
        _inner = inner;
    }

    /// <summary>Runs before each commit that goes through.</summary>
    public Func<IReadOnlyList<DocumentWrite>, Task> BeforeCommit { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Runs before each read.</summary>
    public Func<Task> BeforeRead { get; set; } = static () => Task.CompletedTask;

    /// <summary>Commits sent, whatever became of them.</summary>
    public List<IReadOnlyList<DocumentWrite>> Sent { get; } = [];

    /// <summary>The next commit is done, and reported as of unknown outcome.</summary>
    public void NextCommitIsDoneAndTimesOut() => _commits.Enqueue(static async commit =>
    {
        await commit();
        throw new DocumentStoreException(DocumentStoreError.UnknownOutcome, "commit", "the test says so.");
    });

    /// <summary>The next commit is not done and fails.</summary>
    public void NextCommitFails(DocumentStoreError error) => _commits.Enqueue(
        _ => throw new DocumentStoreException(error, "commit", "the test says so."));

    /// <summary>The next commit goes through.</summary>
    public void NextCommitPasses() => _commits.Enqueue(static commit => commit());

    public async Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await _inner.GetAsync(paths, cancellationToken);
    }

    public async Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Sent.Add([.. writes]);
        await BeforeCommit(writes);
        Task<CommitOutcome> Commit() => _inner.CommitAsync(writes, cancellationToken);
        return await (_commits.TryDequeue(out var script) ? script(Commit) : Commit());
    }

    public async Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await _inner.QueryAsync(query, cancellationToken);
    }
}
