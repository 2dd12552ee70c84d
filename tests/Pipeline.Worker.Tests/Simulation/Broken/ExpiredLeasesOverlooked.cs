using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Simulation.Broken;

/// <summary>Sweeps up letters, and leaves alone what dead instances left behind.</summary>
internal sealed class ExpiredLeasesOverlooked(IDocumentStore inner) : TamperingDocumentStore(inner)
{
    public override async Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        var read = await Inner.QueryAsync(query, cancellationToken);
        return query.Filters.Any(filter => filter.Field == "lease.at") ? read with { Documents = [] } : read;
    }
}
