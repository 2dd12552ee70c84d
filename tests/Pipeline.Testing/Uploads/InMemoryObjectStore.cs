using System.Numerics;
using Pipeline.Worker.Uploads;

namespace Pipeline.Testing.Uploads;

/// <summary>
/// A bucket store in memory: uploads get generations, an overwrite or a delete makes the old generation unreadable. Safe for concurrent use.
/// </summary>
public sealed class InMemoryObjectStore : IObjectStore
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<(string Bucket, string Name), (ObjectMetadata Metadata, ReadOnlyMemory<byte> Content)> _live = [];
    private readonly Dictionary<(string Bucket, string Name), ObjectStoreError> _errors = [];
    private long _lastGeneration;
    private int _downloads;
    private int _lookups;

    public InMemoryObjectStore(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
    }

    /// <summary>Contents given out.</summary>
    public int Downloads => Volatile.Read(ref _downloads);

    /// <summary>Metadata asked for.</summary>
    public int Lookups => Volatile.Read(ref _lookups);

    /// <summary>Creates or overwrites an object.</summary>
    /// <param name="generation">Null: microseconds since 1970, and higher than any before.</param>
    public ObjectMetadata Put(
        string bucket,
        string name,
        ReadOnlyMemory<byte> content,
        string? contentType = "image/png",
        long? generation = null,
        string? contentEncoding = null)
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            var version = new ObjectVersion(
                bucket,
                name,
                generation ?? Math.Max(_lastGeneration + 1, (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond));
            _lastGeneration = Math.Max(_lastGeneration, version.Generation);
            var metadata = new ObjectMetadata(version, 1, content.Length, Crc32C(content.Span), contentType, contentEncoding, now, now);
            _live[(bucket, name)] = (metadata, content.ToArray());
            return metadata;
        }
    }

    /// <summary>Deletes the live generation; false where there was none.</summary>
    public bool Delete(string bucket, string name)
    {
        lock (_lock)
        {
            return _live.Remove((bucket, name));
        }
    }

    /// <summary>From now on every request about an object fails with this error; null ends it.</summary>
    public void Fail(string bucket, string name, ObjectStoreError? error)
    {
        lock (_lock)
        {
            if (error is { } value)
            {
                _errors[(bucket, name)] = value;
            }
            else
            {
                _errors.Remove((bucket, name));
            }
        }
    }

    public Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _lookups++;
            ThrowIfFailing(bucket, name);
            return Task.FromResult(_live.TryGetValue((bucket, name), out var found) ? found.Metadata : null);
        }
    }

    public Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            ThrowIfFailing(version.Bucket, version.Name);
            if (!_live.TryGetValue((version.Bucket, version.Name), out var found) || found.Metadata.Version != version)
            {
                throw new ObjectStoreException(ObjectStoreError.NotFound, version.Bucket, version.Name, $"generation {version.Generation} is not there.");
            }

            if (found.Content.Length > maxBytes)
            {
                throw new ObjectStoreException(
                    ObjectStoreError.TooLarge, version.Bucket, version.Name, $"it has {found.Content.Length} bytes, {maxBytes} are allowed.");
            }

            _downloads++;
            return Task.FromResult(found.Content);
        }
    }

    private void ThrowIfFailing(string bucket, string name)
    {
        if (_errors.TryGetValue((bucket, name), out var error))
        {
            throw new ObjectStoreException(error, bucket, name, "the test says so.");
        }
    }

    private static uint Crc32C(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        foreach (var value in content)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
