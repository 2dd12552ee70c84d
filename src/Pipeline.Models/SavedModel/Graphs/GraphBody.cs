using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>The nodes of the top graph or of one function, by name.</summary>
internal sealed class GraphBody
{
    private readonly Dictionary<string, GraphNode> _nodes;

    private GraphBody(MessageFile file, string name, FunctionDef? function, Dictionary<string, GraphNode> nodes)
    {
        File = file;
        Name = name;
        Function = function;
        _nodes = nodes;
    }

    public MessageFile File { get; }

    /// <summary>Empty for the top graph.</summary>
    public string Name { get; }

    /// <summary>Signature and results; null for the top graph.</summary>
    public FunctionDef? Function { get; }

    public IReadOnlyCollection<GraphNode> Nodes => _nodes.Values;

    /// <exception cref="InvalidModelException">A node is broken, has no name, or two have the same.</exception>
    public static GraphBody Read(MessageFile file, string name, FunctionDef? function, IEnumerable<ByteRange> nodeRanges)
    {
        var nodes = new Dictionary<string, GraphNode>(StringComparer.Ordinal);
        foreach (var range in nodeRanges)
        {
            var node = GraphNodeReader.Read(file, range);
            if (node.Name.Length == 0 || node.Op.Length == 0 || !nodes.TryAdd(node.Name, node))
            {
                var found = node.Name.Length == 0 || node.Op.Length == 0 ? $"name '{node.Name}' and op '{node.Op}'" : "another of the same name";
                throw new InvalidModelException(file.Path, $"node '{node.Name}' of {Describe(name)}", "a name of its own and an op", found);
            }
        }

        return new GraphBody(file, name, function, nodes);
    }

    public GraphNode? Find(string name) => _nodes.GetValueOrDefault(name);

    public override string ToString() => Describe(Name);

    private static string Describe(string name) => name.Length == 0 ? "the graph" : $"function '{name}'";
}
