using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Sqlite;
using Pipeline.Hosting.Health;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Wiring;

/// <summary>The folder that is the bucket on this machine, opened when it is first needed.</summary>
internal sealed class EmbeddedObjects : IObjectStore, IReadiness, IStoreOpening, IDisposable
{
    private readonly Deferred<FolderObjectStore> _store;

    public EmbeddedObjects(FolderBucketOptions options, TimeProvider time)
    {
        _store = new Deferred<FolderObjectStore>(cancellationToken => OpenAsync(options, time, cancellationToken));
    }

    public async Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken) =>
        await (await _store.GetAsync(cancellationToken)).FindLiveAsync(bucket, name, cancellationToken);

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken) =>
        await (await _store.GetAsync(cancellationToken)).DownloadAsync(version, maxBytes, cancellationToken);

    public async Task OpenAsync(CancellationToken cancellationToken) => await _store.GetAsync(cancellationToken);

    public IReadOnlyList<string> Missing() => _store.IsOpen ? [] : ["The bucket is not open."];

    public void Dispose() => _store.Dispose();

    private static async Task<FolderObjectStore> OpenAsync(FolderBucketOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await FolderObjectStore.OpenAsync(options, time, cancellationToken);
        }
        catch (InvalidDatabaseException exception)
        {
            // An operator has to act; until then nothing is lost, because nothing is acknowledged.
            throw new ObjectStoreException(ObjectStoreError.Unavailable, string.Join(", ", options.Buckets), string.Empty, exception.Message, exception);
        }
    }
}
