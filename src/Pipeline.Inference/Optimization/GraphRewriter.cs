using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Optimization;

/// <summary>Builds the successor of a graph while its nodes are visited in order: each is kept, or its results are replaced.</summary>
internal sealed class GraphRewriter
{
    private readonly Graph _graph;
    private readonly Dictionary<Value, Value> _current = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, Node> _producers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, int> _uses = new(ReferenceEqualityComparer.Instance);
    private readonly List<Node> _nodes = [];

    public GraphRewriter(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _graph = graph;
        foreach (var value in graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs.Select(output => output.Value)))
        {
            _uses[value] = _uses.GetValueOrDefault(value) + 1;
        }
    }

    /// <summary>What stands for a value of the old graph.</summary>
    public Value Current(Value old) => _current.GetValueOrDefault(old, old);

    /// <summary>The inputs of an old node, as they are now.</summary>
    public Value[] Inputs(Node old) => [.. old.Inputs.Select(Current)];

    /// <summary>The new node that makes a current value; null for inputs and constants.</summary>
    public Node? Producer(Value current) => _producers.GetValueOrDefault(current);

    /// <summary>The new node that makes a current value, where that is of this operator and only one node uses the value.</summary>
    public Node? ProducerUsedOnce<TOperator>(Value current)
        where TOperator : Operator =>
        _uses.GetValueOrDefault(current) == 1 && Producer(current) is { Operator: TOperator } node ? node : null;

    /// <summary>Takes a node over; the types of its results are inferred again.</summary>
    public void Keep(Node old)
    {
        var inputs = Inputs(old);
        var types = old.Operator.Infer(OperatorInputs.OfValues(old.Name, old.Operator, inputs));
        Value[] outputs = [.. old.Outputs.Select((output, index) => new Value(output.Name, types[index], null, output.Quantization))];
        Add(new Node(old.Name, old.Operator, inputs, outputs, old.SubGraphs));
        for (var index = 0; index < outputs.Length; index++)
        {
            Replace(old.Outputs[index], outputs[index]);
        }
    }

    /// <summary>Adds a node with one result.</summary>
    public Value Emit(string name, Operator @operator, params Value[] inputs)
    {
        var types = @operator.Infer(OperatorInputs.OfValues(name, @operator, inputs));
        var output = new Value(name, types.Single());
        Add(new Node(name, @operator, inputs, [output], []));
        return output;
    }

    /// <summary>Lets a current value stand for an old one.</summary>
    public void Replace(Value old, Value current)
    {
        _current[old] = current;
        _uses[current] = _uses.GetValueOrDefault(current) + _uses.GetValueOrDefault(old);
    }

    /// <summary>Adds a node in place of an old one with one result.</summary>
    public void ReplaceWith(Node old, Operator @operator, params Value[] inputs) => Replace(old.Outputs[0], Emit(old.Name, @operator, inputs));

    /// <summary>The new graph, without what nothing uses any more.</summary>
    public Graph Finish()
    {
        GraphOutput[] outputs = [.. _graph.Outputs.Select(output => output with { Value = Current(output.Value) })];
        return new Graph(_graph.Name, _graph.Inputs, LiveNodes.Of(_nodes, outputs), outputs, _graph.Variables);
    }

    private void Add(Node node)
    {
        _nodes.Add(node);
        foreach (var output in node.Outputs)
        {
            _producers[output] = node;
        }
    }
}
