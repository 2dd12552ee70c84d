using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package.Folders;

/// <summary>Says whether a model package lies at a path, and where none does, what lies there and what to do.</summary>
public static class PackageFolder
{
    internal const string SavedModelFile = "saved_model.pb";

    private const int EntriesAtMost = 1000;
    private const int NamedAtMost = 5;
    private const string Place = "model package";

    private static readonly string[] OtherForms = ["saved_model.pbtxt", "saved_model.cpb"];

    /// <summary>Looks for a model, and at where its files lead.</summary>
    /// <param name="path">A folder, or what somebody took for one.</param>
    /// <exception cref="DirectoryNotFoundException">There is nothing.</exception>
    /// <exception cref="InvalidModelException">A file or folder that is no model, or one with links that lead out of it; says what would be right.</exception>
    /// <exception cref="UnsupportedModelException">A model in a form that is not read; says how to get one that is.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static void RefuseUnlessModel(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            throw ForeignFile.Refusal(path, path)
                ?? new InvalidModelException(path, Place, $"a folder with {SavedModelFile}", "a file that is no model: name the folder that TensorFlow or Keras exported");
        }

        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"{path}: there is no such folder; a model package was expected.");
        }

        if (File.Exists(Path.Combine(path, SavedModelFile)))
        {
            RefuseLinksOut(path);
            RefuseUnlessReadable(Path.Combine(path, SavedModelFile));
        }
        else if (!OtherForms.Any(form => File.Exists(Path.Combine(path, form))))
        {
            throw Refusal(path);
        }
    }

    /// <summary>The full path of a file of a package, which may not lie outside of it.</summary>
    /// <param name="relative">With slashes and without <c>..</c>.</param>
    /// <exception cref="InvalidModelException">A link leads out of the folder.</exception>
    internal static string Locate(string folder, string relative)
    {
        var path = Path.Combine(folder, relative);
        RefuseLinkOut(RealPath.Of(folder), path);
        return path;
    }

    private static void RefuseLinksOut(string folder)
    {
        var root = RealPath.Of(folder);
        RefuseLinkOut(root, Path.Combine(folder, SavedModelFile));
        RefuseLinkOut(root, Path.Combine(folder, ModelManifest.FileName));
        foreach (var part in (string[])["variables", "assets"])
        {
            var path = Path.Combine(folder, part);
            RefuseLinkOut(root, path);
            foreach (var file in Directory.Exists(path) ? Directory.EnumerateFileSystemEntries(path, "*", SearchOption.AllDirectories) : [])
            {
                RefuseLinkOut(root, file);
            }
        }
    }

    private static void RefuseLinkOut(string root, string path)
    {
        var real = RealPath.Of(path);
        if (!real.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new InvalidModelException(path, "link", "a file within the model's folder", $"one outside of it, {real}: copy the file in");
        }
    }

    private static void RefuseUnlessReadable(string file)
    {
        try
        {
            File.OpenHandle(file).Dispose();
        }
        catch (UnauthorizedAccessException error)
        {
            throw Unreadable(file, error);
        }
    }

    private static UnauthorizedAccessException Unreadable(string path, UnauthorizedAccessException error) =>
        new($"{path}: this user may not read it: give the right to (chmod -R u+rX).", error);

    private static Exception Refusal(string folder)
    {
        try
        {
            var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos().Take(EntriesAtMost).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
            if (entries.Count == 0)
            {
                return Invalid(folder, "an empty folder");
            }

            var inner = entries.OfType<DirectoryInfo>().Where(entry => File.Exists(Path.Combine(entry.FullName, SavedModelFile))).Select(entry => Path.Combine(folder, entry.Name)).ToList();
            if (inner.Count > 0)
            {
                var more = inner.Count > NamedAtMost ? $" and {inner.Count - NamedAtMost} more" : string.Empty;
                return Invalid(folder, $"{(inner.Count == 1 ? "one below it: name that one" : "several below it: name one of them")}, {string.Join(", ", inner.Take(NamedAtMost))}{more}");
            }

            return entries.OfType<FileInfo>().Select(file => ForeignFile.Refusal(folder, file.FullName)).FirstOrDefault(refusal => refusal is not null)
                ?? Invalid(folder, "neither that nor a .tflite file: name the folder that TensorFlow or Keras exported (model.export in Keras 3)");
        }
        catch (UnauthorizedAccessException error)
        {
            return Unreadable(folder, error);
        }
    }

    private static InvalidModelException Invalid(string folder, string found) => new(folder, Place, $"{SavedModelFile} with variables/", found);
}
