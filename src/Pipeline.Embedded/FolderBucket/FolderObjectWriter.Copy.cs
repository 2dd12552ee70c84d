namespace Pipeline.Embedded.FolderBucket;

public sealed partial class FolderObjectWriter
{
    /// <summary>Stores the bytes of an object once more, as the new generation of another or of itself. Its event is recorded with it.</summary>
    /// <param name="source">The generation to copy.</param>
    /// <param name="target">What comes to be. Checksums in it are not looked at: the source's must be found.</param>
    /// <exception cref="ObjectWriteException">Nothing was stored.</exception>
    internal async Task<StoredObject> CopyAsync(StoredObject source, ObjectUpload target, CancellationToken cancellationToken)
    {
        var (bucket, name, generation) = source.Version;
        var content = Objects.OpenRead(source)
            ?? throw new ObjectWriteException(ObjectWriteError.NotFound, bucket, name, $"the content of generation {generation} is gone.");
        await using (content.ConfigureAwait(false))
        {
            var upload = target with { Crc32C = source.Content.Crc32C, Md5 = source.Content.Md5 };
            return await UploadAsync(upload, content, source.Content.Size, cancellationToken).ConfigureAwait(false);
        }
    }
}
