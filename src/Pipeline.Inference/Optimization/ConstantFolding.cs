using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>
/// Evaluates nodes that depend on constants only, and takes out identities. A node whose result is much longer than its inputs stays, so
/// that a small file cannot fill the memory.
/// </summary>
internal sealed class ConstantFolding
{
    private const int MaxGrowth = 4;
    private const long AlwaysAllowedBytes = 1 << 20;

    private readonly Dictionary<Value, Value> _replaced = new(ReferenceEqualityComparer.Instance);
    private readonly List<Node> _nodes = [];
    private readonly long _maxBytes;

    private ConstantFolding(long maxBytes)
    {
        _maxBytes = maxBytes;
    }

    public static Graph Apply(Graph graph, long maxBytes)
    {
        var folding = new ConstantFolding(maxBytes);
        foreach (var node in graph.Nodes)
        {
            folding.Visit(node);
        }

        GraphOutput[] outputs = [.. graph.Outputs.Select(o => o with { Value = folding.Current(o.Value) })];
        return new Graph(graph.Name, graph.Inputs, LiveNodes.Of(folding._nodes, outputs), outputs, graph.Variables);
    }

    private Value Current(Value value) => _replaced.GetValueOrDefault(value, value);

    private void Visit(Node node)
    {
        Value[] inputs = [.. node.Inputs.Select(Current)];
        if (node.Operator is Identity)
        {
            _replaced[node.Outputs[0]] = inputs[0];
            return;
        }

        var types = node.Operator.Infer(OperatorInputs.OfValues(node.Name, node.Operator, inputs));
        var outputs = IsFoldable(node, inputs, types) ? Fold(node, inputs) : Keep(node, inputs, types);
        for (var i = 0; i < outputs.Length; i++)
        {
            _replaced[node.Outputs[i]] = outputs[i];
        }
    }

    private static bool IsFoldable(Node node, Value[] inputs, IReadOnlyList<TensorType> types)
    {
        if (node.Operator.HasSideEffects || node.Operator.DependsOnState || inputs.Any(i => i.Constant is null))
        {
            return false;
        }

        if (types.Any(t => t.DataType is DataType.Resource or DataType.Variant))
        {
            return false;
        }

        var inputBytes = inputs.Sum(i => Bytes(i.Type) ?? 0);
        var outputBytes = types.Sum(t => Bytes(t) ?? long.MaxValue / types.Count);
        return outputBytes <= AlwaysAllowedBytes || outputBytes / MaxGrowth <= inputBytes;
    }

    private Value[] Fold(Node node, Value[] inputs)
    {
        if (node.Operator is Cast { Target: DataType.Float32 } && WidenedConstantSource.IsNarrow(inputs[0].Constant!))
        {
            var widened = new WidenedConstantSource((NumericConstantSource)inputs[0].Constant!);
            return [GraphBuilder.Constant(node.Outputs[0].Name, widened, node.Outputs[0].Quantization)];
        }

        RuntimeValue[] values = [.. inputs.Select(i => i.Constant!.Load())];
        var memory = new RunMemory(_maxBytes);
        memory.Enter(node);
        var context = new EvaluationContext(memory, new VariableStore([]), CancellationToken.None);
        var results = node.Operator.Evaluate(OperatorInputs.OfRun(node.Name, node.Operator, values), context);
        return [.. results.Select((r, i) => GraphBuilder.Constant(node.Outputs[i].Name, Source(r), node.Outputs[i].Quantization))];
    }

    private Value[] Keep(Node node, Value[] inputs, IReadOnlyList<TensorType> types)
    {
        Value[] outputs = [.. node.Outputs.Select((o, i) => new Value(o.Name, types[i], null, o.Quantization))];
        _nodes.Add(new Node(node.Name, node.Operator, inputs, outputs, node.SubGraphs));
        return outputs;
    }

    private static ConstantSource Source(RuntimeValue value) => value switch
    {
        Tensor tensor => new InMemoryConstantSource(tensor),
        StringTensor strings => new StringConstantSource(strings),
        _ => throw new InvalidOperationException($"{value} cannot be a constant."),
    };

    private static long? Bytes(TensorType type) =>
        !type.Shape.TryGetShape(out var shape) ? null
        : type.DataType.IsNumeric() ? type.DataType.ByteLength(shape.ElementCount)
        : shape.ElementCount;
}
