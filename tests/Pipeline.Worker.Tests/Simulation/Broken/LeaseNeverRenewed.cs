using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Simulation.Broken;

/// <summary>Believes to have renewed a lease, and has not.</summary>
internal sealed class LeaseNeverRenewed(IDocumentStore inner) : TamperingDocumentStore(inner)
{
    public override Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) =>
        writes is [DocumentWrite.Set { Precondition: DocumentPrecondition.Version version } renewal]
        && renewal.Fields.ContainsKey("lease")
        && StatusOf(renewal) is null
            ? Task.FromResult<CommitOutcome>(new CommitOutcome.Committed(version.UpdateTime, [version.UpdateTime]))
            : Inner.CommitAsync(writes, cancellationToken);
}
