using System.Collections.Immutable;

namespace Pipeline.Models;

/// <summary>A legal model that needs what is not built. Thrown before anything is allocated for running, with everything that is unsupported in it.</summary>
public sealed class UnsupportedModelException : Exception
{
    private const int NodesInMessage = 20;

    /// <param name="nodes">At least one.</param>
    public UnsupportedModelException(string path, ImmutableArray<UnsupportedNode> nodes)
        : base(Describe(path, nodes))
    {
        Path = path;
        Nodes = nodes;
    }

    public string Path { get; }

    public ImmutableArray<UnsupportedNode> Nodes { get; }

    private static string Describe(string path, ImmutableArray<UnsupportedNode> nodes)
    {
        var listed = string.Join("; ", nodes.Take(NodesInMessage));
        var rest = nodes.Length > NodesInMessage ? $"; and {nodes.Length - NodesInMessage} more" : string.Empty;
        return $"{path}: {nodes.Length} unsupported: {listed}{rest}.";
    }
}
