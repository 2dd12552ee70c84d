using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Testing.Processes;

/// <summary>Looks for programs of this machine.</summary>
public static class ToolPath
{
    /// <summary>The first file of that name in the folders of <c>PATH</c>.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out string? path)
    {
        path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return path is not null;
    }
}
