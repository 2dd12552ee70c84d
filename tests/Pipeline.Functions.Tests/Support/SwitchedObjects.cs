using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Tests.Support;

/// <summary>The real bucket, whose objects can be made unreadable, or never to arrive.</summary>
internal sealed class SwitchedObjects(IObjectStore inner) : IObjectStore
{
    public ObjectStoreError? Failure { get; set; }

    /// <summary>True: a download gives nothing, and does not listen to its token.</summary>
    public bool Stalls { get; set; }

    /// <summary>What somebody else does when a download has begun and has not read anything yet; once.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken) =>
        inner.FindLiveAsync(bucket, name, cancellationToken);

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken)
    {
        if (Stalls)
        {
            return await new TaskCompletionSource<ReadOnlyMemory<byte>>().Task;
        }

        if (Failure is { } failure)
        {
            throw new ObjectStoreException(failure, version.Bucket, version.Name, "as the test says.");
        }

        if (Meanwhile is { } meanwhile)
        {
            Meanwhile = null;
            await meanwhile();
        }

        return await inner.DownloadAsync(version, maxBytes, cancellationToken);
    }
}
