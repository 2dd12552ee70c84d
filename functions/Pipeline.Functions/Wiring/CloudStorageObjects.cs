using Pipeline.Firebase.CloudStorage;
using Pipeline.Firebase.Identity;
using Pipeline.Hosting.Health;
using Pipeline.Worker;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Wiring;

/// <summary>The objects in Cloud Storage, connected to when they are first needed.</summary>
internal sealed class CloudStorageObjects : IObjectStore, IReadiness, IStoreOpening, IDisposable
{
    // Not before: Google's libraries would be loaded before the port is open.
    private readonly Lazy<CloudStorageObjectStore> _store;
    private readonly Lazy<IAccessTokens> _tokens;
    private readonly string[] _buckets;
    private volatile bool _hasAnswered;

    public CloudStorageObjects(
        CloudStorageOptions options, WorkerOptions worker, TimeProvider time, Func<double> chance, ILogger<CloudStorageObjectStore> logger)
    {
        _buckets = [.. worker.Buckets.Select(static bucket => bucket.Bucket)];
        _tokens = new Lazy<IAccessTokens>(() => AccessTokenSources.Create(options.EmulatorHost is not null, CloudStorageObjectStore.Scope));
        _store = new Lazy<CloudStorageObjectStore>(() => new CloudStorageObjectStore(options, _tokens.Value, time, chance, logger));
    }

    public Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken) =>
        _store.Value.FindLiveAsync(bucket, name, cancellationToken);

    public Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken) =>
        _store.Value.DownloadAsync(version, maxBytes, cancellationToken);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _store.Value.OpenAsync(_buckets, cancellationToken);
        _hasAnswered = true;
    }

    public IReadOnlyList<string> Missing() => _hasAnswered ? [] : ["Cloud Storage has not answered yet."];

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }

        if (_tokens.IsValueCreated)
        {
            _tokens.Value.Dispose();
        }
    }
}
