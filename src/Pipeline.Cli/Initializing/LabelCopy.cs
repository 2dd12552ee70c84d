using System.Text.Json;
using Pipeline.Models.Package.Inferring;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Initializing;

/// <summary>Labels that lie elsewhere: they are copied into the model's folder as <c>labels.txt</c>.</summary>
internal static class LabelCopy
{
    private const string LabelsPath = "$.output.labels";
    private const string Name = "labels.txt";

    /// <summary>Looks whether the labels that were given lie outside of the folder.</summary>
    /// <returns>The file to copy, or null; the draft then speaks of the copy.</returns>
    public static string? Find(string folder, ManifestDraft draft)
    {
        if (draft.Said(LabelsPath) is not { } json || JsonSerializer.Deserialize<string>(json) is not { } given || IsWithin(folder, given))
        {
            return null;
        }

        if (((string[])[given, Path.Combine(folder, given)]).FirstOrDefault(File.Exists) is not { } found)
        {
            return null;
        }

        var relative = Path.GetRelativePath(folder, found).Replace(Path.DirectorySeparatorChar, '/');
        if (IsWithin(folder, relative))
        {
            draft.Say(new InferredValue(LabelsPath, ManifestText.Of(relative), "given"));
            return null;
        }

        draft.Say(new InferredValue(LabelsPath, ManifestText.Of(Name), $"given, copied from {found}"));
        return found;
    }

    /// <exception cref="IOException">There are labels in the folder already, or a file cannot be read or written.</exception>
    public static void Copy(string file, string folder, bool overwrite)
    {
        var copy = Path.Combine(folder, Name);
        if (!overwrite && File.Exists(copy))
        {
            throw new IOException($"{copy} is there already: --force overwrites it, --labels {Name} uses it.");
        }

        File.Copy(file, copy, overwrite);
    }

    private static bool IsWithin(string folder, string file) =>
        !Path.IsPathRooted(file) && !file.Split('/', '\\').Contains("..") && File.Exists(Path.Combine(folder, file));
}
