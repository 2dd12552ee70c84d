using Microsoft.AspNetCore.StaticFiles;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>
/// Makes the catalogue agree with what people do to the files: a file copied in becomes an object, a changed one a new generation, a removed one a
/// deletion, each with its event. Safe beside uploads and beside other processes: every decision is checked again in its transaction.
/// </summary>
internal sealed class FolderReconciler
{
    private const int BufferSize = 128 * 1024;
    private const int SettleRounds = 20;

    private static readonly FileExtensionContentTypeProvider ContentTypes = CreateContentTypes();

    private readonly ObjectCatalog _catalog;
    private readonly FolderLayout _layout;
    private readonly ObjectFiles _files;
    private readonly FolderBucketOptions _options;
    private readonly TimeProvider _time;

    public FolderReconciler(ObjectCatalog catalog, FolderLayout layout, FolderBucketOptions options, TimeProvider time)
    {
        _catalog = catalog;
        _layout = layout;
        _files = new ObjectFiles(layout);
        _options = options;
        _time = time;
    }

    /// <summary>The live object of a name; waits until its file is complete.</summary>
    /// <exception cref="IOException">The file cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public async Task<StoredObject?> ReconcileAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        FileStamp? seen = null;
        for (var round = 0; round < SettleRounds; round++)
        {
            var result = await TryReconcileAsync(bucket, name, seen, cancellationToken).ConfigureAwait(false);
            if (result.Unsettled is not { } stamp)
            {
                return result.Object;
            }

            seen = stamp;
            await Task.Delay(_options.SettleTime, _time, cancellationToken).ConfigureAwait(false);
        }

        throw new IOException($"The file of '{name}' in bucket '{bucket}' keeps changing.");
    }

    /// <summary>Compares one object with its file.</summary>
    /// <param name="seen">The stamp that the file had a settle time ago, or null.</param>
    /// <exception cref="IOException">The file cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public async Task<Reconciliation> TryReconcileAsync(string bucket, string name, FileStamp? seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The catalogue first, then the staged file, then the plain one: in this order an upload that goes on meanwhile cannot look like a loss.
            var (stored, leftover) = await _catalog.ReadAsync(
                connection => (ObjectTables.Find(connection, bucket, name), ObjectTables.FindLeftover(connection, bucket, name)),
                cancellationToken).ConfigureAwait(false);
            var staged = stored is null ? null : _files.FindStaged(stored);
            var plain = _files.FindPlain(bucket, name);
            if (plain is null || plain.Value.Stamp == leftover)
            {
                if (stored is null || staged is not null)
                {
                    return new Reconciliation(stored, null);
                }

                await RemoveAsync(stored, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (plain.Value.Stamp == stored?.Stamp)
            {
                return new Reconciliation(stored, null);
            }

            if (plain.Value.Stamp != seen)
            {
                return new Reconciliation(stored, plain.Value.Stamp);
            }

            await TakeInAsync(bucket, name, stored, plain.Value.Path, plain.Value.Stamp, cancellationToken).ConfigureAwait(false);
            seen = null;
        }
    }

    private Task<bool> RemoveAsync(StoredObject stored, CancellationToken cancellationToken) => _catalog.ChangeAsync(
        connection =>
        {
            var now = ObjectTables.Find(connection, stored.Version.Bucket, stored.Version.Name);
            if (now?.Version == stored.Version)
            {
                _catalog.Remove(connection, now);
            }

            return true;
        },
        cancellationToken);

    private async Task TakeInAsync(
        string bucket, string name, StoredObject? before, string path, FileStamp stamp, CancellationToken cancellationToken)
    {
        var content = await HashAsync(path, stamp, cancellationToken).ConfigureAwait(false);
        var taken = content is not null && await _catalog.ChangeAsync(
            connection =>
            {
                var now = ObjectTables.Find(connection, bucket, name);
                if (now?.Version != before?.Version || ObjectTables.FindLeftover(connection, bucket, name) == stamp || FileStamp.Find(path) != stamp)
                {
                    return false;
                }

                if (now?.Content == content)
                {
                    ObjectTables.Put(connection, now with { Modified = stamp.Modified });
                    return true;
                }

                var contentType = ContentTypes.TryGetContentType(name, out var known) ? known : null;
                var stored = _catalog.Create(connection, bucket, name, content!, new ObjectDescription(contentType), stamp.Modified);
                ObjectCatalog.Replace(connection, now, stored);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (taken && before is not null)
        {
            File.Delete(_layout.ContentPath(bucket, before.Version.Generation));
        }
    }

    /// <summary>Reads a file for its checksums; null where it changed meanwhile. An empty file is not opened: it may be a pipe, which never ends.</summary>
    private static async Task<ContentFacts?> HashAsync(string path, FileStamp stamp, CancellationToken cancellationToken)
    {
        using var hash = new ContentHash();
        if (stamp.Size > 0)
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                var buffer = new byte[BufferSize];
                int read;
                while ((read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    hash.Append(buffer.AsSpan(0, read));
                }
            }
        }

        return hash.Size == stamp.Size && FileStamp.Find(path) == stamp ? hash.Finish() : null;
    }

    private static FileExtensionContentTypeProvider CreateContentTypes()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings.TryAdd(".heic", "image/heic");
        types.Mappings.TryAdd(".heif", "image/heif");
        types.Mappings.TryAdd(".avif", "image/avif");
        return types;
    }
}
