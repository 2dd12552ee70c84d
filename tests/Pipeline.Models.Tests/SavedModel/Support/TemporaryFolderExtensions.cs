using Pipeline.Models.Tests.Package.Support;

namespace Pipeline.Models.Tests.SavedModel.Support;

/// <summary>Files of bytes in a temporary folder.</summary>
internal static class TemporaryFolderExtensions
{
    /// <returns>The full path.</returns>
    public static string Write(this TemporaryFolder folder, string relative, byte[] bytes)
    {
        var path = Path.Combine(folder.Path, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Copies the files of another folder.</summary>
    public static void CopyFrom(this TemporaryFolder folder, string source)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            folder.Write(Path.GetRelativePath(source, file), File.ReadAllBytes(file));
        }
    }
}
