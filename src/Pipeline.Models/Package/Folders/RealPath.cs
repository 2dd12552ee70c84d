namespace Pipeline.Models.Package.Folders;

/// <summary>Follows the links of a path.</summary>
internal static class RealPath
{
    private const int LinksAtMost = 40;

    /// <summary>The full path without links; what is not there has none.</summary>
    /// <exception cref="IOException">Links go in a circle, or cannot be read.</exception>
    public static string Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var pending = new Stack<string>();
        var real = Push(pending, Path.GetFullPath(path));
        for (var links = 0; pending.TryPop(out var name);)
        {
            var next = Path.GetFullPath(Path.Combine(real, name));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
            }
            else if (++links > LinksAtMost)
            {
                throw new IOException($"{path}: its links go in a circle, or there are more than {LinksAtMost}.");
            }
            else
            {
                real = Push(pending, Path.GetFullPath(Path.Combine(real, target)));
            }
        }

        return real;
    }

    /// <summary>Puts the names of a full path before those that are pending.</summary>
    /// <returns>The root.</returns>
    private static string Push(Stack<string> pending, string path)
    {
        var root = Path.GetPathRoot(path)!;
        foreach (var name in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            pending.Push(name);
        }

        return root;
    }
}
