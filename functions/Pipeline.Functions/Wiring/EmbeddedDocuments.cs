using Pipeline.Embedded.Sqlite;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Hosting.Health;
using Pipeline.Worker.Documents;

namespace Pipeline.Functions.Wiring;

/// <summary>The documents of this machine, opened when they are first needed.</summary>
internal sealed class EmbeddedDocuments : IDocumentStore, IReadiness, IStoreOpening, IDisposable
{
    private readonly Deferred<SqliteDocumentStore> _store;

    public EmbeddedDocuments(SqliteDocumentStoreOptions options, TimeProvider time)
    {
        _store = new Deferred<SqliteDocumentStore>(cancellationToken => Task.Run(() => Open(options, time), cancellationToken));
    }

    public async Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken) =>
        await (await _store.GetAsync(cancellationToken)).GetAsync(paths, cancellationToken);

    public async Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) =>
        await (await _store.GetAsync(cancellationToken)).CommitAsync(writes, cancellationToken);

    public async Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        await (await _store.GetAsync(cancellationToken)).QueryAsync(query, cancellationToken);

    public async Task OpenAsync(CancellationToken cancellationToken) => await _store.GetAsync(cancellationToken);

    public IReadOnlyList<string> Missing() => _store.IsOpen ? [] : ["The document store is not open."];

    public void Dispose() => _store.Dispose();

    private static SqliteDocumentStore Open(SqliteDocumentStoreOptions options, TimeProvider time)
    {
        try
        {
            return SqliteDocumentStore.Open(options, time);
        }
        catch (InvalidDatabaseException exception)
        {
            // An operator has to act; until then nothing is lost, because nothing is acknowledged.
            throw new DocumentStoreException(DocumentStoreError.Unavailable, "open", exception.Message, exception);
        }
    }
}
