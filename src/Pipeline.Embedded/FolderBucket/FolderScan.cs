using System.IO.Enumeration;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>Walks a bucket's folder. Hidden files and symbolic links are passed over.</summary>
internal static class FolderScan
{
    /// <summary>The name that each file has as an object, with its stamp.</summary>
    /// <param name="folder">The bucket's folder.</param>
    /// <param name="start">It, or a folder below it: the one to walk.</param>
    public static IEnumerable<(string Name, FileStamp Stamp)> Files(string folder, string start) => new FileSystemEnumerable<(string, FileStamp)>(
        start,
        (ref entry) => (ToName(folder, entry.ToFullPath()), new FileStamp(entry.Length, entry.LastWriteTimeUtc.UtcTicks)),
        new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 })
    {
        ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && IsVisible(ref entry),
        ShouldRecursePredicate = (ref entry) => IsVisible(ref entry),
    };

    public static string ToName(string folder, string path) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private static bool IsVisible(ref FileSystemEntry entry) =>
        !entry.FileName.StartsWith('.') && (entry.Attributes & FileAttributes.ReparsePoint) == 0;
}
