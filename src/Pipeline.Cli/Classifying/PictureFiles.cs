namespace Pipeline.Cli.Classifying;

/// <summary>Finds the pictures that a command line names.</summary>
internal static class PictureFiles
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp" };

    /// <summary>Whether a file is taken out of a folder; a file that is named itself is always taken.</summary>
    public static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path));

    /// <summary>The files themselves, and those of folders at any depth, in the order of their names.</summary>
    /// <param name="missing">Receives what is neither a file nor a folder.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> paths, ICollection<string> missing)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                files.AddRange(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsPicture).Order(StringComparer.Ordinal));
            }
            else if (File.Exists(path))
            {
                files.Add(path);
            }
            else
            {
                missing.Add(path);
            }
        }

        return files;
    }
}
