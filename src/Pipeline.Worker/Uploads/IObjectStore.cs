namespace Pipeline.Worker.Uploads;

/// <summary>The port for uploaded objects. Nothing is ever written through it.</summary>
public interface IObjectStore
{
    /// <summary>The live generation of an object, or null where there is none.</summary>
    /// <exception cref="ObjectStoreException">No answer, or not allowed.</exception>
    Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken);

    /// <summary>The whole content of exactly this generation, as stored, its CRC-32C checked.</summary>
    /// <param name="maxBytes">More is refused before it is read (<see cref="ObjectStoreError.TooLarge"/>).</param>
    /// <exception cref="ObjectStoreException">
    /// <see cref="ObjectStoreError.NotFound"/> where this generation is gone; the others as they say.
    /// </exception>
    Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken);
}
