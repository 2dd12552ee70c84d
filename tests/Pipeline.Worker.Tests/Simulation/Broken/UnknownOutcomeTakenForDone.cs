using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Simulation.Broken;

/// <summary>Takes a commit without an answer for done.</summary>
internal sealed class UnknownOutcomeTakenForDone(IDocumentStore inner) : TamperingDocumentStore(inner)
{
    public override async Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        try
        {
            return await Inner.CommitAsync(writes, cancellationToken);
        }
        catch (DocumentStoreException exception) when (exception.Error == DocumentStoreError.UnknownOutcome)
        {
            return new CommitOutcome.Committed(default, [.. writes.Select(_ => default(DateTimeOffset))]);
        }
    }
}
