using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>
/// Objects of a folder, for reading. Several processes may read one folder, also while another takes uploads. A file that somebody has changed,
/// copied in or removed is noticed when it is asked for.
/// </summary>
public sealed partial class FolderObjectStore : IObjectStore, IDisposable
{
    private readonly ObjectCatalog _catalog;
    private readonly FolderReconciler _reconciler;
    private readonly ObjectFiles _files;
    private readonly FolderBucketOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<string, Stream> _open;

    internal FolderObjectStore(
        ObjectCatalog catalog,
        FolderReconciler reconciler,
        FolderLayout layout,
        FolderBucketOptions options,
        TimeProvider time,
        Func<string, Stream>? open = null)
    {
        _catalog = catalog;
        _reconciler = reconciler;
        _files = new ObjectFiles(layout);
        _options = options;
        _time = time;
        _open = open ?? OpenFile;
    }

    /// <summary>Opens the folder, and creates it where there is none.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message names everything.</exception>
    /// <exception cref="InvalidDatabaseException">The folder's database is damaged, or of another format.</exception>
    /// <exception cref="ObjectStoreException">The folder cannot be opened.</exception>
    public static async Task<FolderObjectStore> OpenAsync(FolderBucketOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var (layout, catalog) = await FolderOpening.OpenAsync(options, time, cancellationToken).ConfigureAwait(false);
        return new FolderObjectStore(catalog, new FolderReconciler(catalog, layout, options, time), layout, options, time);
    }

    public async Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(bucket, name, cancellationToken).ConfigureAwait(false);
        return stored?.ToMetadata();
    }

    public void Dispose() => _catalog.Dispose();

    private static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);

    private async Task<StoredObject?> FindAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        if (!_catalog.HasBucket(bucket))
        {
            throw new ObjectStoreException(ObjectStoreError.PermissionDenied, bucket, name, "there is no such bucket in the configuration.");
        }

        if (!ObjectNames.IsValid(name))
        {
            return null;
        }

        try
        {
            return await _reconciler.ReconcileAsync(bucket, name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseException)
        {
            throw Translate(exception, bucket, name);
        }
    }

    private static ObjectStoreException Translate(Exception exception, string bucket, string name)
    {
        var error = exception is UnauthorizedAccessException or DatabaseException { Failure: DatabaseFailure.Denied }
            ? ObjectStoreError.PermissionDenied
            : ObjectStoreError.Unavailable;
        return new ObjectStoreException(error, bucket, name, exception.Message, exception);
    }
}
