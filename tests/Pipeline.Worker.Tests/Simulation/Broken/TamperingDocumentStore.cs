using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Simulation.Broken;

/// <summary>Makes correct code wrong without touching it: changes what it writes and reads.</summary>
internal abstract class TamperingDocumentStore : IDocumentStore
{
    protected TamperingDocumentStore(IDocumentStore inner)
    {
        Inner = inner;
    }

    protected IDocumentStore Inner { get; }

    public virtual Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken) =>
        Inner.GetAsync(paths, cancellationToken);

    public virtual Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        Inner.QueryAsync(query, cancellationToken);

    public virtual Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) =>
        Inner.CommitAsync([.. writes.Select(Tamper)], cancellationToken);

    protected virtual DocumentWrite Tamper(DocumentWrite write) => write;

    /// <summary>What a write makes of a result's status; null where it says nothing of it.</summary>
    protected static string? StatusOf(DocumentWrite write) =>
        write is DocumentWrite.Set { Path.Collection: "classifications" } set && set.Fields.GetValueOrDefault("status") is DocumentValue.StringValue status
            ? status.Value
            : null;
}
