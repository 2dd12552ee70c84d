using Pipeline.Firebase.Firestore;
using Pipeline.Firebase.Identity;
using Pipeline.Hosting.Health;
using Pipeline.Worker.Documents;

namespace Pipeline.Functions.Wiring;

/// <summary>The documents in Firestore, connected to when they are first needed.</summary>
internal sealed class FirestoreDocuments : IDocumentStore, IReadiness, IStoreOpening, IDisposable
{
    private readonly Deferred<FirestoreDocumentStore> _store;
    private IAccessTokens? _tokens;

    public FirestoreDocuments(FirestoreOptions options, TimeProvider time, Func<double> chance, ILogger<FirestoreDocumentStore> logger)
    {
        _store = new Deferred<FirestoreDocumentStore>(async cancellationToken =>
        {
            // Not before: Google's libraries would be loaded before the port is open.
            _tokens ??= AccessTokenSources.Create(options.EmulatorHost is not null, FirestoreDocumentStore.Scope);
            var store = new FirestoreDocumentStore(options, _tokens, time, chance, logger);
            try
            {
                await store.OpenAsync(cancellationToken);
                return store;
            }
            catch
            {
                store.Dispose();
                throw;
            }
        });
    }

    public async Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken) =>
        await (await _store.GetAsync(cancellationToken)).GetAsync(paths, cancellationToken);

    public async Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) =>
        await (await _store.GetAsync(cancellationToken)).CommitAsync(writes, cancellationToken);

    public async Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        await (await _store.GetAsync(cancellationToken)).QueryAsync(query, cancellationToken);

    public async Task OpenAsync(CancellationToken cancellationToken) => await _store.GetAsync(cancellationToken);

    public IReadOnlyList<string> Missing() => _store.IsOpen ? [] : ["Firestore has not answered yet."];

    public void Dispose()
    {
        _store.Dispose();
        _tokens?.Dispose();
    }
}
