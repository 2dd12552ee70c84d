using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Simulation.Broken;

/// <summary>Takes every lease for over.</summary>
internal sealed class LeaseStolenEarly(IDocumentStore inner) : TamperingDocumentStore(inner)
{
    public override async Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken) =>
        Expired(await Inner.GetAsync(paths, cancellationToken));

    public override async Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        Expired(await Inner.QueryAsync(query with { Filters = [.. query.Filters.Select(AnyTime)] }, cancellationToken));

    private static DocumentFilter AnyTime(DocumentFilter filter) =>
        filter is { Field: "lease.at", Value: DocumentValue.TimestampValue time } ? filter with { Value = time.Value.AddDays(1) } : filter;

    private static DocumentReadResult Expired(DocumentReadResult read) => read with { Documents = [.. read.Documents.Select(Expired)] };

    private static DocumentSnapshot Expired(DocumentSnapshot snapshot) =>
        snapshot.Fields is { } fields && fields.GetValueOrDefault("lease") is DocumentValue.MapValue lease
            ? snapshot with { Fields = fields.SetItem("lease", new DocumentValue.MapValue(lease.Fields.SetItem("seconds", 0L))) }
            : snapshot;
}
