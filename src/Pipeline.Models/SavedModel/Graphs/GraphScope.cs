using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>One use of a body: the top graph, or one call of a function.</summary>
internal sealed class GraphScope
{
    private readonly Dictionary<string, FlatNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphScope> _calls = new(StringComparer.Ordinal);
    private readonly FunctionInterface? _interface;

    private GraphScope(GraphBody body, GraphScope? parent, GraphNode? call, FunctionInterface? functionInterface)
    {
        Body = body;
        Parent = parent;
        Call = call;
        _interface = functionInterface;
        Depth = parent is null ? 0 : parent.Depth + 1;
        Prefix = call is null ? string.Empty : $"{parent!.Prefix}{call.Name}/";
        if (call is not null)
        {
            Entry = call.ControlInputs.Count > 0 || parent!.Entry is not null ? FlatNode.Join(Prefix + "^entry", this) : null;
            Exit = body.Function!.ControlRet.Count > 0 ? FlatNode.Join(Prefix + "^exit", this) : null;
        }
    }

    public GraphBody Body { get; }

    /// <summary>Null for the top graph, as is <see cref="Call"/>.</summary>
    public GraphScope? Parent { get; }

    public GraphNode? Call { get; }

    public int Depth { get; }

    /// <summary>What the names of nodes begin with.</summary>
    public string Prefix { get; }

    /// <summary>Stands for what must have run before the call; null where that is nothing.</summary>
    public FlatNode? Entry { get; }

    /// <summary>Stands for what must have run before the call is done; null where that is nothing.</summary>
    public FlatNode? Exit { get; }

    public static GraphScope Top(GraphBody body) => new(body, null, null, null);

    /// <exception cref="InvalidModelException">The call does not fit the function's signature.</exception>
    public GraphScope Enter(GraphBody function, GraphNode call)
    {
        var scope = new GraphScope(function, this, call, new FunctionInterface(function, call, this));
        _calls.Add(call.Name, scope);
        return scope;
    }

    public GraphScope? FindCall(string name) => _calls.GetValueOrDefault(name);

    public FlatNode? FindNode(string name) => _nodes.GetValueOrDefault(name);

    public void Add(FlatNode node) => _nodes.Add(node.Source!.Name, node);

    /// <summary>The call's input behind an argument, or null where the reference is to no argument.</summary>
    public string? FindArgument(GraphReference reference) => _interface?.FindArgument(reference);

    /// <summary>How many values the function returns.</summary>
    public int ResultCount => _interface!.ResultCount;

    /// <summary>What the function returns as its output <paramref name="index"/>.</summary>
    /// <exception cref="InvalidModelException">It has no such output.</exception>
    public string FindResult(int index) => _interface!.FindResult(index);

    /// <summary>The value of an attribute that may stand for one of the function's attributes.</summary>
    public AttrValue? Substitute(AttrValue value)
    {
        if (value.ValueCase != AttrValue.ValueOneofCase.Placeholder || Parent is null)
        {
            return value;
        }

        return FunctionInterface.FindAttribute(Body, Call!, value.Placeholder) is { } found ? Parent.Substitute(found) : null;
    }

    /// <summary>Whether this is, or lies inside, a call of the function.</summary>
    public bool IsInside(string function)
    {
        for (var scope = this; scope.Parent is not null; scope = scope.Parent)
        {
            if (scope.Body.Name == function)
            {
                return true;
            }
        }

        return false;
    }
}
