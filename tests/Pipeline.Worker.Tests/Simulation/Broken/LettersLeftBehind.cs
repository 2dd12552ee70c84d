using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Simulation.Broken;

/// <summary>Never deletes a letter.</summary>
internal sealed class LettersLeftBehind(IDocumentStore inner) : TamperingDocumentStore(inner)
{
    public override async Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        IReadOnlyList<DocumentWrite> kept = [.. writes.Where(write => write is not DocumentWrite.Delete)];
        return kept.Count == 0
            ? new CommitOutcome.Committed(default, [.. writes.Select(_ => default(DateTimeOffset))])
            : await Inner.CommitAsync(kept, cancellationToken);
    }
}
