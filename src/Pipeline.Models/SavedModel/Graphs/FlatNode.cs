using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>A node of a graph without calls: its inputs are outputs of other such nodes, through all functions.</summary>
internal sealed class FlatNode
{
    private const string NoOperation = "NoOp";

    private readonly List<FlatValue> _inputs = [];
    private readonly List<FlatNode> _controls = [];

    /// <param name="source">The node in the file; null for a value that the caller feeds.</param>
    public FlatNode(string name, GraphScope scope, GraphNode? source)
    {
        Name = name;
        Scope = scope;
        Source = source;
    }

    /// <summary>A node that does nothing and stands for all that it depends on.</summary>
    public static FlatNode Join(string name, GraphScope scope) =>
        new(name, scope, new GraphNode(name, NoOperation, [], [], new Dictionary<string, AttrValue>(), null));

    /// <summary>The names of the calls and of the node, joined by <c>/</c>.</summary>
    public string Name { get; }

    public GraphScope Scope { get; }

    public GraphNode? Source { get; private set; }

    /// <summary>Empty for a value that the caller feeds.</summary>
    public string Op => Source?.Op ?? string.Empty;

    public IReadOnlyList<FlatValue> Inputs => _inputs;

    /// <summary>Nodes that must have run before.</summary>
    public IReadOnlyList<FlatNode> Controls => _controls;

    public void AddInput(FlatValue value) => _inputs.Add(value);

    /// <summary>Makes this another operator on other inputs, with the same users.</summary>
    public void Replace(GraphNode source, params ReadOnlySpan<FlatValue> inputs)
    {
        Source = source;
        _inputs.Clear();
        _inputs.AddRange(inputs);
    }

    /// <param name="node">Null adds nothing.</param>
    public void AddControl(FlatNode? node)
    {
        if (node is not null)
        {
            _controls.Add(node);
        }
    }

    /// <summary>An attribute of the file; inside a function, one that names an attribute of the function has that one's value.</summary>
    public AttrValue? FindAttribute(string name) =>
        Source is not null && Source.Attributes.TryGetValue(name, out var value) ? Scope.Substitute(value) : null;

    public override string ToString() => $"{Op} '{Name}'";
}
