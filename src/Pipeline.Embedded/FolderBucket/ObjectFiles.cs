namespace Pipeline.Embedded.FolderBucket;

/// <summary>Finds the file that holds an object's bytes.</summary>
internal sealed class ObjectFiles
{
    private readonly FolderLayout _layout;

    public ObjectFiles(FolderLayout layout)
    {
        _layout = layout;
    }

    /// <summary>The file of a generation's own number: there until it has moved to its plain name.</summary>
    public string? FindStaged(StoredObject stored)
    {
        var path = _layout.ContentPath(stored.Version.Bucket, stored.Version.Generation);
        return File.Exists(path) ? path : null;
    }

    /// <summary>The file of a plain name and its stamp, or null where there is none, or where a symbolic link is on the way.</summary>
    public (string Path, FileStamp Stamp)? FindPlain(string bucket, string name) =>
        _layout.FindPlainPath(bucket, name) is { } path && FileStamp.FindInside(_layout.BucketPath(bucket), path) is { } stamp ? (path, stamp) : null;
}
