using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Faults;

/// <summary>Holds one object of a fixed content under every name.</summary>
internal sealed class OneObjectStore : IObjectStore
{
    public static readonly byte[] Content = [.. Enumerable.Range(0, 100).Select(value => (byte)value)];

    public int Requests { get; private set; }

    public Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        Requests++;
        return Task.FromResult<ObjectMetadata?>(
            new ObjectMetadata(new ObjectVersion(bucket, name, 1), 1, Content.Length, 0, null, null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
    }

    public Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken)
    {
        Requests++;
        return Task.FromResult<ReadOnlyMemory<byte>>(Content);
    }
}
