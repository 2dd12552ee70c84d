using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Faults;

/// <summary>Applies every commit at a fixed time and counts what reaches it.</summary>
internal sealed class CountingDocumentStore : IDocumentStore
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public int Gets { get; private set; }

    public int Commits { get; private set; }

    public int Queries { get; private set; }

    public Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken)
    {
        Gets++;
        return Task.FromResult(new DocumentReadResult(Now, [.. paths.Select(path => new DocumentSnapshot(path, null, default, default))]));
    }

    public Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        Commits++;
        return Task.FromResult<CommitOutcome>(new CommitOutcome.Committed(Now.AddSeconds(Commits), [.. writes.Select(_ => Now.AddSeconds(Commits))]));
    }

    public Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        Queries++;
        return Task.FromResult(new DocumentReadResult(Now, ImmutableArray<DocumentSnapshot>.Empty));
    }
}
