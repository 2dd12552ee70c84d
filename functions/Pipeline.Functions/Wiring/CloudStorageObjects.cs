using Pipeline.Hosting.Health;
using Pipeline.Worker;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Wiring;

/// <summary>The objects in Cloud Storage. A bucket that cannot be read keeps the instance from being ready, but no other bucket from being read.</summary>
internal sealed class CloudStorageObjects : IObjectStore, IReadiness, IStoreOpening
{
    private readonly CloudStorage _storage;
    private readonly string[] _buckets;
    private volatile bool _hasAnswered;

    public CloudStorageObjects(CloudStorage storage, WorkerOptions worker)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(worker);
        _storage = storage;
        _buckets = [.. worker.Buckets.Select(static bucket => bucket.Bucket)];
    }

    public Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken) =>
        _storage.Store.FindLiveAsync(bucket, name, cancellationToken);

    public Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken) =>
        _storage.Store.DownloadAsync(version, maxBytes, cancellationToken);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _storage.Store.OpenAsync(_buckets, cancellationToken);
        _hasAnswered = true;
    }

    public IReadOnlyList<string> Missing() => _hasAnswered ? [] : ["Cloud Storage has not answered yet."];
}
