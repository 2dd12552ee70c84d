namespace Pipeline.Embedded.FolderBucket;

/// <summary>What tells one state of a file from another without reading it.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change, in ticks of UTC.</param>
internal readonly record struct FileStamp(long Size, long Modified)
{
    /// <summary>The stamp of a file; null where there is none, or a folder or a symbolic link.</summary>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at: it is not known whether there is one.</exception>
    public static FileStamp? Find(string path)
    {
        try
        {
            if ((File.GetAttributes(path) & (FileAttributes.Directory | FileAttributes.ReparsePoint)) != 0)
            {
                return null;
            }

            var file = new FileInfo(path);
            return new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The same for a file below <paramref name="folder"/>; null also where a symbolic link lies between the two.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder itself is missing: it is not known whether there is such a file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static FileStamp? FindInside(string folder, string path)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The bucket's folder '{folder}' is missing.");
        }

        return LeavesFolder(folder, path) ? null : Find(path);
    }

    /// <summary>Whether a symbolic link lies on the way from a folder to a file below it.</summary>
    public static bool LeavesFolder(string folder, string path)
    {
        for (var parent = Path.GetDirectoryName(path)!; parent.Length > folder.Length; parent = Path.GetDirectoryName(parent)!)
        {
            if (new DirectoryInfo(parent).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
