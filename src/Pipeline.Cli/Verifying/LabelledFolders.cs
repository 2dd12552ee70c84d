using System.Collections.Immutable;

namespace Pipeline.Cli.Verifying;

/// <summary>Pictures in sub-folders that are named as labels.</summary>
/// <param name="Pictures">Evenly of all labels, in an order that does not change.</param>
/// <param name="Unknown">Sub-folders that are named as no label, with the nearest label where a misspelling is likely.</param>
/// <param name="Found">How many pictures lie in the folders of known labels, taken or not.</param>
internal sealed record LabelledFolders(ImmutableArray<LabelledPicture> Pictures, ImmutableArray<UnknownFolder> Unknown, int Found)
{
    private static readonly EnumerationOptions AtAnyDepth = new() { RecurseSubdirectories = true, MaxRecursionDepth = 16, IgnoreInaccessible = true };

    /// <param name="labels">The model's, in the order of its classes.</param>
    /// <param name="limit">The most pictures that are taken.</param>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static LabelledFolders Find(string root, ImmutableArray<string> labels, int limit)
    {
        var names = new LabelNames(labels);
        var unknown = ImmutableArray.CreateBuilder<UnknownFolder>();
        var folders = new List<List<LabelledPicture>>();
        foreach (var folder in new DirectoryInfo(root).EnumerateDirectories().OrderBy(folder => folder.Name, StringComparer.Ordinal))
        {
            var classes = names.Find(folder.Name);
            if (classes.IsEmpty)
            {
                unknown.Add(new UnknownFolder(folder.Name, names.Nearest(folder.Name)));
                continue;
            }

            folders.Add(
            [
                .. Directory.EnumerateFiles(folder.FullName, "*", AtAnyDepth).Where(Classifying.PictureFiles.IsPicture).Order(StringComparer.Ordinal)
                    .Select(file => new LabelledPicture(file, folder.Name, classes)),
            ]);
        }

        return new LabelledFolders([.. InTurn(folders).Take(limit)], unknown.ToImmutable(), folders.Sum(folder => folder.Count));
    }

    /// <summary>The first of each folder, then the second of each, and so on.</summary>
    private static IEnumerable<LabelledPicture> InTurn(List<List<LabelledPicture>> folders)
    {
        var longest = folders.Select(folder => folder.Count).DefaultIfEmpty().Max();
        return Enumerable.Range(0, longest).SelectMany(index => folders.Where(folder => index < folder.Count).Select(folder => folder[index]));
    }
}
