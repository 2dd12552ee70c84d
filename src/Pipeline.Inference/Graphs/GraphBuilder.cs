using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Graphs;

/// <summary>Makes one graph, in the order in which it runs. Types and shapes are inferred as nodes are added.</summary>
public sealed class GraphBuilder
{
    private readonly string _name;
    private readonly List<Value> _inputs = [];
    private readonly List<Node> _nodes = [];
    private readonly List<GraphOutput> _outputs = [];
    private readonly List<GraphVariable> _variables = [];

    /// <param name="name">For messages.</param>
    public GraphBuilder(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _name = name;
    }

    /// <summary>Adds a value that the caller of a run gives.</summary>
    public Value AddInput(string name, DataType dataType, PartialShape shape, Quantization? quantization = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var value = new Value(name, new TensorType(dataType, shape), null, quantization);
        _inputs.Add(value);
        return value;
    }

    /// <summary>Makes a constant, for use in any graph. One that nothing uses costs nothing.</summary>
    public static Value Constant(string name, ConstantSource source, Quantization? quantization = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(source);
        return new Value(name, new TensorType(source.DataType, source.Shape), source, quantization);
    }

    /// <summary>Makes a constant of a tensor in memory.</summary>
    public static Value Constant(string name, Tensor tensor) => Constant(name, new InMemoryConstantSource(tensor));

    /// <summary>Adds state that <see cref="ReadVariable"/> and <see cref="AssignVariable"/> nodes work on.</summary>
    /// <param name="shape">What assigned values must fit; the initial value's shape is usual.</param>
    public GraphVariable AddVariable(string name, PartialShape shape, ConstantSource initialValue)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(initialValue);
        var variable = new GraphVariable(name, new TensorType(initialValue.DataType, shape), initialValue);
        _variables.Add(variable);
        return variable;
    }

    /// <summary>Adds a node of an operator with one output, and gives that.</summary>
    /// <inheritdoc cref="AddNode"/>
    public Value Add(string name, Operator @operator, params IReadOnlyList<Value> inputs)
    {
        var outputs = AddNode(name, @operator, inputs);
        return outputs.Count == 1
            ? outputs[0]
            : throw new ArgumentException($"Node '{name}' ({@operator.Name}) has {outputs.Count} outputs, not one.", nameof(@operator));
    }

    /// <summary>Adds a node to the end of the order.</summary>
    /// <exception cref="InvalidNodeException">Number, types, shapes or constant values of the inputs contradict the operator.</exception>
    /// <exception cref="UnsupportedNodeException">The operator does not run on these types, or not with these attributes.</exception>
    public IReadOnlyList<Value> AddNode(string name, Operator @operator, params IReadOnlyList<Value> inputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(@operator);
        ArgumentNullException.ThrowIfNull(inputs);
        Value[] held = [.. inputs];
        var types = @operator.Infer(OperatorInputs.OfValues(name, @operator, held));
        var outputs = new Value[types.Count];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = new Value(i == 0 ? name : $"{name}:{i}", types[i]);
        }

        _nodes.Add(new Node(name, @operator, held, outputs, []));
        return outputs;
    }

    /// <summary>Names a value that a run returns.</summary>
    public void AddOutput(string name, Value value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        _outputs.Add(new GraphOutput(name, value));
    }

    /// <summary>The finished graph. Nodes that no output and no side effect needs are left out.</summary>
    /// <exception cref="InvalidGraphException">Names are not unique, or a value is used that was not made here.</exception>
    public Graph Build()
    {
        var graph = new Graph(_name, [.. _inputs], LiveNodes.Of(_nodes, _outputs), [.. _outputs], [.. _variables]);
        GraphChecker.Check(graph, "building");
        return graph;
    }
}
