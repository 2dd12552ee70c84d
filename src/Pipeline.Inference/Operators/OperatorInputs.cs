using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>What is known of a node's inputs: types always, values for constants while a graph is built and for all during a run.</summary>
public sealed partial class OperatorInputs
{
    private readonly string _node;
    private readonly Operator _operator;
    private readonly IReadOnlyList<Value>? _graphValues;
    private readonly IReadOnlyList<RuntimeValue>? _runtimeValues;

    private OperatorInputs(string node, Operator @operator, IReadOnlyList<Value>? graphValues, IReadOnlyList<RuntimeValue>? runtimeValues)
    {
        _node = node;
        _operator = @operator;
        _graphValues = graphValues;
        _runtimeValues = runtimeValues;
    }

    public int Count => _runtimeValues?.Count ?? _graphValues!.Count;

    public TensorType this[int index] => _runtimeValues is null
        ? _graphValues![index].Type
        : new TensorType(_runtimeValues[index].DataType, _runtimeValues[index].Shape);

    /// <summary>The inputs of a node of a graph.</summary>
    internal static OperatorInputs OfValues(string node, Operator @operator, IReadOnlyList<Value> values) => new(node, @operator, values, null);

    /// <summary>The inputs of a node in a run.</summary>
    internal static OperatorInputs OfRun(string node, Operator @operator, IReadOnlyList<RuntimeValue> values) => new(node, @operator, null, values);

    /// <summary>The same node in a run with other values.</summary>
    internal OperatorInputs With(IReadOnlyList<RuntimeValue> values) => OfRun(_node, _operator, values);

    /// <summary>The same node with its first inputs only.</summary>
    internal OperatorInputs First(int count) => new(_node, _operator, _graphValues?.Take(count).ToArray(), _runtimeValues?.Take(count).ToArray());

    /// <summary>The value of an input in a run.</summary>
    internal RuntimeValue Value(int index) => _runtimeValues![index];

    /// <summary>The value of an input in a run that must be numbers.</summary>
    internal Tensor Tensor(int index) =>
        Value(index) as Tensor ?? throw Invalid($"input {index} is {Value(index)}, it must be numeric.");

    /// <summary>The elements of an input in a run.</summary>
    internal ReadOnlySpan<T> Elements<T>(int index)
        where T : unmanaged => Tensor(index).Elements<T>();

    internal InvalidNodeException Invalid(string problem) => new(_node, _operator.Name, problem);

    internal UnsupportedNodeException Unsupported(string problem) => new(_node, _operator.Name, problem);
}
