using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pipeline.Models.Package.Folders;

namespace Pipeline.Worker.ModelStore;

/// <summary>
/// Finds the packages of a model's folder: the folder itself, or its sub-folders named by whole numbers, as TensorFlow Serving has them. Other
/// sub-folders are passed over, so that a version can be copied under another name and renamed when it is whole.
/// </summary>
internal static class ModelFolders
{
    /// <summary>Files of a package that are looked at; a folder of more is no package.</summary>
    private const int MaxFiles = 10_000;

    /// <inheritdoc cref="IModelLoader.Look"/>
    public static ImmutableArray<ModelCandidate> Find(ModelSource source)
    {
        if (!Directory.Exists(source.Folder))
        {
            // A file has its own way out: an archive is to be unpacked, another form of model to be converted.
            PackageFolder.RefuseUnlessModel(source.Folder);
            throw new DirectoryNotFoundException($"{source.Folder}: there is no such folder; a model package was expected.");
        }

        var versions = IsPackage(source.Folder) ? [] : Versions(source.Folder);
        if (source.Version is { } wanted)
        {
            return versions.FirstOrDefault(version => version.Number == wanted) is { Path: not null } found
                ? [new ModelCandidate(found.Path, wanted, Stamp(found.Path))]
                : throw new DirectoryNotFoundException($"{source.Folder}: there is no version {wanted}; {Describe(versions)}.");
        }

        return versions.Length > 0
            ? [.. versions.Select(version => new ModelCandidate(version.Path, version.Number, Stamp(version.Path)))]
            : [new ModelCandidate(source.Folder, null, Stamp(source.Folder))];
    }

    private static bool IsPackage(string folder) =>
        File.Exists(Path.Combine(folder, "saved_model.pb")) || File.Exists(Path.Combine(folder, "model.json")) || Directory.EnumerateFiles(folder, "*.tflite").Any();

    private static ImmutableArray<(long Number, string Path)> Versions(string folder) =>
    [
        .. Directory.EnumerateDirectories(folder)
            .Select(path => (Number: Number(Path.GetFileName(path)), Path: path))
            .Where(version => version.Number is not null)
            .Select(version => (Number: version.Number!.Value, version.Path))
            .OrderByDescending(version => version.Number)
            .ThenBy(version => version.Path, StringComparer.Ordinal),
    ];

    private static long? Number(string name) => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Describe(ImmutableArray<(long Number, string Path)> versions) => versions.IsEmpty
        ? "it holds no sub-folder named by a whole number"
        : $"there are {string.Join(", ", versions.Select(version => version.Number.ToString(CultureInfo.InvariantCulture)))}";

    /// <summary>The paths, sizes and times of all files, hashed.</summary>
    private static string Stamp(string folder)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Take(MaxFiles)
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, file.FullName)}\0{file.Length}\0{file.LastWriteTimeUtc.Ticks}\0"))
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files))));
    }
}
