using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

public sealed partial class FolderObjectStore
{
    private const int OpenAttempts = 5;

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < OpenAttempts; attempt++)
        {
            var stored = await FindAsync(version.Bucket, version.Name, cancellationToken).ConfigureAwait(false);
            if (stored?.Version != version)
            {
                throw Failed(ObjectStoreError.NotFound, version, stored is null
                    ? $"generation {version.Generation} is gone and no other is live."
                    : $"generation {version.Generation} is gone, {stored.Version.Generation} is live.");
            }

            var limit = Math.Min(maxBytes, Array.MaxLength);
            if (stored.Content.Size > limit)
            {
                throw Failed(ObjectStoreError.TooLarge, version, $"it has {stored.Content.Size} bytes, {limit} are allowed.");
            }

            if (stored.Content.Size == 0)
            {
                return ReadOnlyMemory<byte>.Empty;
            }

            if (await TryReadAsync(stored, cancellationToken).ConfigureAwait(false) is { } bytes)
            {
                return bytes;
            }
        }

        throw Failed(ObjectStoreError.Unavailable, version, "its file is moved or changed again and again.");
    }

    /// <summary>The content of exactly this generation as a stream, or null where it is gone. Its checksum is the reader's to check.</summary>
    internal Stream? OpenRead(StoredObject stored)
    {
        if (stored.Content.Size == 0)
        {
            return Stream.Null;
        }

        for (var attempt = 0; attempt < OpenAttempts; attempt++)
        {
            if ((_files.FindStaged(stored) ?? _files.FindPlain(stored.Version.Bucket, stored.Version.Name)?.Path) is { } path
                && TryOpen(stored, path) is { } file)
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>The file, or null where it was moved or changed meanwhile.</summary>
    private static FileStream? TryOpen(StoredObject stored, string path)
    {
        try
        {
            var file = OpenFile(path);
            if (new FileStamp(file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle).Ticks) == stored.Stamp)
            {
                return file;
            }

            file.Dispose();
            return null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Translate(exception, stored.Version.Bucket, stored.Version.Name);
        }
    }

    /// <summary>The content, or null where the file was moved or changed: then the catalogue must be asked again.</summary>
    private async Task<byte[]?> TryReadAsync(StoredObject stored, CancellationToken cancellationToken)
    {
        var version = stored.Version;
        try
        {
            if ((_files.FindStaged(stored) ?? _files.FindPlain(version.Bucket, version.Name)?.Path) is not { } path)
            {
                return null;
            }

            var content = await ReadAsync(path, stored, cancellationToken).ConfigureAwait(false);
            var crc = default(Crc32C);
            crc.Append(content);
            if (content.Length == stored.Content.Size && crc.Value == stored.Content.Crc32C)
            {
                return content;
            }

            // Another stamp: somebody replaced the file while it was read. The same: the disk does not give back what was written.
            return FileStamp.Find(path) != stored.Stamp
                ? null
                : throw Failed(
                    ObjectStoreError.ChecksumMismatch,
                    version,
                    $"its {content.Length} bytes have CRC-32C {crc.Value:x8}, stored were {stored.Content.Size} with {stored.Content.Crc32C:x8}.");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (TimeoutException exception)
        {
            throw Failed(ObjectStoreError.Unavailable, version, $"a read gave nothing for {_options.StallTimeout.TotalSeconds:0.###} s.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Translate(exception, version.Bucket, version.Name);
        }
    }

    /// <summary>Reads as many bytes as the object has. A read that stalls is left behind with its own buffer.</summary>
    private async Task<byte[]> ReadAsync(string path, StoredObject stored, CancellationToken cancellationToken)
    {
        var stream = _open(path);
        await using (stream.ConfigureAwait(false))
        {
            var content = new byte[stored.Content.Size];
            var filled = 0;
            while (filled < content.Length)
            {
                var read = await stream.ReadAsync(content.AsMemory(filled), cancellationToken).AsTask()
                    .WaitAsync(_options.StallTimeout, _time, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return content[..filled];
                }

                filled += read;
            }

            return content;
        }
    }

    private static ObjectStoreException Failed(ObjectStoreError error, ObjectVersion version, string detail, Exception? innerException = null) =>
        new(error, version.Bucket, version.Name, detail, innerException);
}
