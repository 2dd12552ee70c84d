using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>
/// Takes uploads into a folder and removes objects from it. One process at a time does so; others may read. What was answered is on the disk, with
/// its event; what was broken off leaves nothing.
/// </summary>
public sealed partial class FolderObjectWriter : IDisposable
{
    private readonly ObjectCatalog _catalog;
    private readonly FolderReconciler _reconciler;
    private readonly FolderLayout _layout;
    private readonly ObjectFiles _files;
    private readonly FolderLock _lock;
    private readonly FolderBucketOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _publishTurn = new(1, 1);

    private FolderObjectWriter(
        ObjectCatalog catalog, FolderLayout layout, FolderLock folderLock, FolderBucketOptions options, TimeProvider time, ILogger logger)
    {
        _catalog = catalog;
        _layout = layout;
        _files = new ObjectFiles(layout);
        _lock = folderLock;
        _options = options;
        _time = time;
        _logger = logger;
        _reconciler = new FolderReconciler(catalog, layout, options, time);
        Objects = new FolderObjectStore(catalog, _reconciler, layout, options, time);
        Sessions = new UploadSessions(this, time, logger);
    }

    /// <summary>The same objects for reading, in this process.</summary>
    public FolderObjectStore Objects { get; }

    /// <summary>Uploads in pieces.</summary>
    internal UploadSessions Sessions { get; }

    internal ObjectCatalog Catalog => _catalog;

    internal FolderReconciler Reconciler => _reconciler;

    internal FolderLayout Layout => _layout;

    internal FolderBucketOptions Options => _options;

    /// <summary>Opens the folder, creates it where there is none, and finishes what a killed process left half done.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message names everything.</exception>
    /// <exception cref="FolderInUseException">Another process takes uploads into this folder.</exception>
    /// <exception cref="InvalidDatabaseException">The folder's database is damaged, or of another format.</exception>
    /// <exception cref="ObjectStoreException">The folder cannot be opened.</exception>
    public static async Task<FolderObjectWriter> OpenAsync(
        FolderBucketOptions options, TimeProvider time, ILogger<FolderObjectWriter> logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(logger);
        var (layout, catalog) = await FolderOpening.OpenAsync(options, time, cancellationToken).ConfigureAwait(false);
        FolderLock? folderLock = null;
        try
        {
            folderLock = FolderLock.Take(layout);
            var writer = new FolderObjectWriter(catalog, layout, folderLock, options, time, logger);
            await writer.RecoverAsync(cancellationToken).ConfigureAwait(false);
            await writer.Sessions.RecoverAsync(cancellationToken).ConfigureAwait(false);
            return writer;
        }
        catch
        {
            folderLock?.Dispose();
            catalog.Dispose();
            throw;
        }
    }

    public bool HasBucket(string bucket) => _catalog.HasBucket(bucket);

    public void Dispose()
    {
        _catalog.Dispose();
        _lock.Dispose();
    }

    /// <summary>The live object as catalogued, or null.</summary>
    /// <exception cref="ObjectStoreException">The folder cannot be read.</exception>
    internal async Task<StoredObject?> FindAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        // Asked through the reading side, so that files changed by hand are noticed.
        var live = await Objects.FindLiveAsync(bucket, name, cancellationToken).ConfigureAwait(false);
        return live is null ? null : await _catalog.FindAsync(bucket, name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Objects in the order of their names' bytes.</summary>
    /// <param name="after">The last name that is not wanted any more, or null.</param>
    internal Task<ImmutableArray<StoredObject>> ListAsync(
        string bucket, NameRange names, string? after, int limit, CancellationToken cancellationToken) =>
        _catalog.ReadAsync(connection => ObjectTables.List(connection, bucket, names, after, limit), cancellationToken);

    internal static ObjectWriteException Translate(Exception exception, string bucket, string name)
    {
        var error = exception switch
        {
            DatabaseException { Failure: DatabaseFailure.Full } => ObjectWriteError.Full,
            DatabaseException { Failure: DatabaseFailure.Denied } or UnauthorizedAccessException => ObjectWriteError.PermissionDenied,
            IOException io when DiskErrors.IsFull(io) => ObjectWriteError.Full,
            _ => ObjectWriteError.Unavailable,
        };
        return new ObjectWriteException(error, bucket, name, exception.Message, exception);
    }

    private void CheckNames(string bucket, string name)
    {
        if (!HasBucket(bucket))
        {
            throw new ObjectWriteException(ObjectWriteError.UnknownBucket, bucket, name, "the bucket does not exist.");
        }

        if (!ObjectNames.IsValid(name))
        {
            throw new ObjectWriteException(
                ObjectWriteError.InvalidName, bucket, name, $"a name has 1 to {ObjectNames.MaxBytes} bytes of valid UTF-8.");
        }
    }
}
