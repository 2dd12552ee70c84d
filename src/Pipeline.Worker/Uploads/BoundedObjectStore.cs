namespace Pipeline.Worker.Uploads;

/// <summary>
/// The object store as this room uses it: an answer that takes too long counts as none (<see cref="ObjectStoreError.Unavailable"/>). A lookup that
/// stalls would else hold a claim, or an event, for as long as it likes.
/// </summary>
internal sealed class BoundedObjectStore : IObjectStore
{
    private readonly IObjectStore _store;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;

    public BoundedObjectStore(IObjectStore store, TimeSpan limit, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        _store = store;
        _limit = limit;
        _time = time;
    }

    public Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken) => TimeLimit.RunAsync(
        _limit, _time, token => _store.FindLiveAsync(bucket, name, token), () => TooSlow(bucket, name), cancellationToken);

    public Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken) => TimeLimit.RunAsync(
        _limit,
        _time,
        token => _store.DownloadAsync(version, maxBytes, token),
        () => TooSlow(version.Bucket, version.Name),
        cancellationToken);

    private ObjectStoreException TooSlow(string bucket, string name) => new(
        ObjectStoreError.Unavailable, bucket, name, FormattableString.Invariant($"there was no answer for {_limit.TotalSeconds:0.###} s."));
}
