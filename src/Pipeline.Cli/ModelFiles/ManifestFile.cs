using System.Text;

namespace Pipeline.Cli.ModelFiles;

/// <summary>Writes a manifest whole or not at all.</summary>
internal static class ManifestFile
{
    /// <exception cref="IOException">The file is there and may not be overwritten, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, string text, bool overwrite)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, Encoding.UTF8.GetBytes(text + "\n"));
            File.Move(temporary, path, overwrite);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UnauthorizedAccessException($"{path}: this user may not write there: give the right to, or copy the model to another folder.", error);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
