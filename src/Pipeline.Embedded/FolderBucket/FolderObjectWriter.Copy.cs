namespace Pipeline.Embedded.FolderBucket;

public sealed partial class FolderObjectWriter
{
    /// <summary>Stores the bytes of an object once more, as the new generation of another or of itself. Its event is recorded with it.</summary>
    /// <param name="source">The generation to copy.</param>
    /// <param name="target">What comes to be. Checksums in it are not looked at: the source's must be found.</param>
    /// <exception cref="ObjectWriteException">Nothing was stored.</exception>
    internal Task<StoredObject> CopyAsync(StoredObject source, ObjectUpload target, CancellationToken cancellationToken) =>
        ComposeAsync([source], target with { Crc32C = source.Content.Crc32C, Md5 = source.Content.Md5 }, cancellationToken);

    /// <summary>Stores the bytes of several objects, one behind the other, as one. Its event is recorded with it.</summary>
    /// <exception cref="ObjectWriteException">Nothing was stored.</exception>
    internal async Task<StoredObject> ComposeAsync(IReadOnlyList<StoredObject> sources, ObjectUpload target, CancellationToken cancellationToken)
    {
        var content = new JoinedStream(sources.Select(source => new Func<Stream>(() => Open(source))));
        await using (content.ConfigureAwait(false))
        {
            var size = sources.Aggregate(0L, static (sum, source) => checked(sum + source.Content.Size));
            try
            {
                return await UploadAsync(target, content, size, cancellationToken).ConfigureAwait(false);
            }
            catch (ObjectWriteException exception) when (exception.Error is ObjectWriteError.Interrupted or ObjectWriteError.WrongContent)
            {
                // The sender is this folder's own disk.
                throw new ObjectWriteException(ObjectWriteError.Unavailable, target.Bucket, target.Name, exception.Detail, exception);
            }
        }
    }

    private Stream Open(StoredObject source) => Objects.OpenRead(source) ?? throw new ObjectWriteException(
        ObjectWriteError.NotFound, source.Version.Bucket, source.Version.Name, $"the content of generation {source.Version.Generation} is gone.");
}
