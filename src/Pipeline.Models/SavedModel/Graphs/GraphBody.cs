using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>The nodes of the top graph or of one function. Their names are known at once; a node is built when it is asked for.</summary>
internal sealed class GraphBody
{
    private readonly Dictionary<string, ByteRange> _ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphNode> _nodes = new(StringComparer.Ordinal);

    /// <param name="name">Empty for the top graph.</param>
    /// <param name="function">Null for the top graph.</param>
    /// <exception cref="InvalidModelException">A node has no name, or two have the same.</exception>
    public GraphBody(MessageFile file, string name, FunctionDef? function, List<ByteRange> nodeRanges)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(nodeRanges);
        File = file;
        Name = name;
        Function = function;
        foreach (var range in nodeRanges)
        {
            var node = file.FindText(range, NodeDef.NameFieldNumber);
            if (node.Length == 0 || !_ranges.TryAdd(node, range))
            {
                throw new InvalidModelException(
                    file.Path, $"node '{node}' of {this}", "a name of its own", node.Length == 0 ? "none" : "another node of the same name");
            }
        }
    }

    public MessageFile File { get; }

    /// <summary>Empty for the top graph.</summary>
    public string Name { get; }

    /// <summary>Signature and results; null for the top graph.</summary>
    public FunctionDef? Function { get; }

    /// <returns>Null where there is no node of the name.</returns>
    /// <exception cref="InvalidModelException">The node is broken.</exception>
    public GraphNode? Find(string name)
    {
        if (!_nodes.TryGetValue(name, out var node) && _ranges.TryGetValue(name, out var range))
        {
            node = GraphNodeReader.Read(File, range);
            if (node.Name != name || node.Op.Length == 0)
            {
                throw new InvalidModelException(File.Path, $"node '{name}' of {this}", "one name and an op", $"name '{node.Name}' and op '{node.Op}'");
            }

            _nodes.Add(name, node);
        }

        return node;
    }

    public override string ToString() => Name.Length == 0 ? "the graph" : $"function '{Name}'";
}
