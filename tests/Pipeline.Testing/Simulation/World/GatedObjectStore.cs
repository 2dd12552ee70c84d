using Pipeline.Testing.Simulation.Scheduling;
using Pipeline.Worker.Uploads;

namespace Pipeline.Testing.Simulation.World;

/// <summary>An object store behind a network: as a client with a deadline sees it.</summary>
internal sealed class GatedObjectStore : IObjectStore
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly IObjectStore _inner;
    private readonly ProcessGate _gate;

    public GatedObjectStore(IObjectStore inner, ProcessGate gate)
    {
        _inner = inner;
        _gate = gate;
    }

    public Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken) => _gate.CallAsync(
        "find", () => _inner.FindLiveAsync(bucket, name, CancellationToken.None), Deadline, () => TimedOut(bucket, name), cancellationToken);

    public Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken) => _gate.CallAsync(
        "download",
        () => _inner.DownloadAsync(version, maxBytes, CancellationToken.None),
        Deadline,
        () => TimedOut(version.Bucket, version.Name),
        cancellationToken);

    private static ObjectStoreException TimedOut(string bucket, string name) =>
        new(ObjectStoreError.Unavailable, bucket, name, "no answer within the deadline");
}
