using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>Opens the folder for whoever uses it.</summary>
internal static class FolderOpening
{
    /// <exception cref="ArgumentException">The options are wrong; the message names everything.</exception>
    /// <exception cref="InvalidDatabaseException">The folder's database is damaged, or of another format.</exception>
    /// <exception cref="ObjectStoreException">The folder cannot be opened.</exception>
    public static async Task<(FolderLayout Layout, ObjectCatalog Catalog)> OpenAsync(
        FolderBucketOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var faults = options.Validate().ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        }

        var layout = new FolderLayout(options.Root);
        try
        {
            Directory.CreateDirectory(layout.UploadFolder);
            foreach (var bucket in options.Buckets)
            {
                Directory.CreateDirectory(layout.BucketPath(bucket));
                Directory.CreateDirectory(layout.ContentFolder(bucket));
            }

            return (layout, await ObjectCatalog.OpenAsync(layout, options, time, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseException)
        {
            var denied = exception is UnauthorizedAccessException or DatabaseException { Failure: DatabaseFailure.Denied };
            throw new ObjectStoreException(
                denied ? ObjectStoreError.PermissionDenied : ObjectStoreError.Unavailable,
                string.Join(", ", options.Buckets),
                string.Empty,
                $"the folder '{options.Root}' cannot be opened: {exception.Message}",
                exception);
        }
    }
}
