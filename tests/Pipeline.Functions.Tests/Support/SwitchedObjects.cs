using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Tests.Support;

/// <summary>The real bucket, whose objects can be made unreadable, or never to arrive.</summary>
internal sealed class SwitchedObjects(IObjectStore inner) : IObjectStore
{
    public ObjectStoreError? Failure { get; set; }

    /// <summary>True: a download gives nothing, and does not listen to its token.</summary>
    public bool Stalls { get; set; }

    public Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken) =>
        inner.FindLiveAsync(bucket, name, cancellationToken);

    public Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken) =>
        Stalls ? new TaskCompletionSource<ReadOnlyMemory<byte>>().Task
        : Failure is { } failure ? throw new ObjectStoreException(failure, version.Bucket, version.Name, "as the test says.")
        : inner.DownloadAsync(version, maxBytes, cancellationToken);
}
