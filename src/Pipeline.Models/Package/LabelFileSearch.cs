using System.Collections.Immutable;
using System.Security.Cryptography;
using Pipeline.Models.Package.Folders;
using Pipeline.Models.Package.Inferring;

namespace Pipeline.Models.Package;

/// <summary>Finds the label file of a model that has no manifest to name it.</summary>
internal static class LabelFileSearch
{
    private const int FilesAtMost = 10_000;

    private static readonly ImmutableArray<string> Extensions = [".txt", ".labels", ".names", string.Empty];

    private static readonly ImmutableArray<string> Words = ["label", "classes", "class_names", "class-names", "classnames", "categories"];

    private static readonly ImmutableArray<string> WholeNames = ["class.txt", "dict.txt", "synset.txt", "names.txt"];

    /// <summary>
    /// The files of the folder and of its <c>assets</c> whose name speaks of labels or classes, <c>labels.txt</c> first; of several with the same content the
    /// first.
    /// </summary>
    /// <returns>Paths relative to the folder, with slashes.</returns>
    /// <exception cref="InvalidModelException">A link leads out of the folder.</exception>
    /// <exception cref="IOException">A folder or file cannot be read.</exception>
    public static ImmutableArray<string> Find(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var found = Below(folder, string.Empty).Concat(Below(folder, "assets/"))
            .OrderBy(path => path == "labels.txt" ? 0 : 1).ThenBy(path => path, StringComparer.Ordinal);
        var distinct = new List<(string Path, byte[] Hash)>();
        foreach (var path in found)
        {
            var file = PackageFolder.Locate(folder, path);
            var hash = new FileInfo(file).Length <= LabelFile.MaxFileLength ? SHA256.HashData(File.ReadAllBytes(file)) : [];
            if (!distinct.Any(other => other.Hash.AsSpan().SequenceEqual(hash)))
            {
                distinct.Add((path, hash));
            }
        }

        return [.. distinct.Select(file => file.Path)];
    }

    /// <summary>Why none of the files found can be used, or null where exactly one is there and it has the right number of labels.</summary>
    /// <param name="classes">Null where it is not known.</param>
    public static LabelProblem? Judge(string folder, ImmutableArray<string> files, int? classes) => files switch
    {
        [] => new LabelProblem(folder, Missing(folder, classes)),
        [var file] => Judge(Path.Combine(folder, file), classes),
        _ => new LabelProblem(
            folder, $"there are {files.Length} label files, {string.Join(" and ", files)}: keep one, or say which in $.output.labels of model.json"),
    };

    /// <summary>Why a label file cannot be used, or null.</summary>
    /// <inheritdoc cref="Judge(string, ImmutableArray{string}, int?)"/>
    public static LabelProblem? Judge(string file, int? classes)
    {
        try
        {
            var labels = LabelFile.ReadFile(file);
            return classes is null || classes == labels.Length
                ? null
                : new LabelProblem(file, $"the file has {labels.Length} labels, the model has {classes} classes: it needs one label a line, in the order of the classes");
        }
        catch (InvalidLabelsException error)
        {
            return new LabelProblem(file, error.Detail);
        }
    }

    /// <summary>Whether a label file can be read and its lines begin with their numbers.</summary>
    public static bool IsNumbered(string? file)
    {
        try
        {
            return file is not null && LabelFile.ReadFile(file, out var areNumbered).Length > 0 && areNumbered;
        }
        catch (InvalidLabelsException)
        {
            return false;
        }
    }

    /// <summary>The <c>labels.txt</c> of the folder above, as Teachable Machine's archives have it; null where there is none.</summary>
    public static string? Above(string folder)
    {
        var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var file = above is null ? null : Path.Combine(above, "labels.txt");
        return File.Exists(file) ? file : null;
    }

    private static string Missing(string folder, int? classes)
    {
        var wanted = $"there is no label file: write labels.txt, {(classes is null ? "one label a line" : $"{classes} lines of one label each")} in the order of the model's classes";
        return Above(folder) is { } above ? $"{wanted}; the folder above has one: pipeline model init {folder} --labels {above} copies it" : wanted;
    }

    private static IEnumerable<string> Below(string folder, string prefix)
    {
        var path = Path.Combine(folder, prefix);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path).Take(FilesAtMost).Select(file => Path.GetFileName(file)).Where(IsLabelFile).Select(name => prefix + name)
            : [];
    }

    private static bool IsLabelFile(string name) =>
        WholeNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase) && Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
