using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.Package.Inferring;

/// <summary>Finds what a value of a graph is where it depends on small constants only.</summary>
internal sealed class ConstantEvaluator
{
    private const int MostNodes = 64;
    private const int MostElements = 4096;
    private const long MostBytes = 1 << 20;

    private readonly IReadOnlyDictionary<Value, Node> _producers;

    /// <param name="producers">The node that makes each value.</param>
    public ConstantEvaluator(IReadOnlyDictionary<Value, Node> producers)
    {
        ArgumentNullException.ThrowIfNull(producers);
        _producers = producers;
    }

    /// <returns>Null where it depends on an input or on state, is large, or takes many nodes.</returns>
    /// <exception cref="InvalidModelException">A constant's content is broken.</exception>
    public Tensor? TryEvaluate(Value value)
    {
        ArgumentNullException.ThrowIfNull(value);
        try
        {
            var builder = new GraphBuilder("constant");
            var copies = new Dictionary<Value, Value?>(ReferenceEqualityComparer.Instance);
            if (Copy(value, builder, copies) is not { } copy)
            {
                return null;
            }

            if (copy.Constant is { } constant)
            {
                return constant.Load() as Tensor;
            }

            builder.AddOutput("value", copy);
            var session = new InferenceSession(builder.Build(), new SessionOptions { MaxConstantBytes = MostBytes, MaxRunBytes = MostBytes, UsePlans = false });
            return session.Run(new Dictionary<string, RuntimeValue>(StringComparer.Ordinal))["value"] as Tensor;
        }
        catch (Exception error) when (error is InvalidNodeException or UnsupportedNodeException or MemoryLimitExceededException)
        {
            return null;
        }
    }

    /// <summary>The depth is bounded by the number of nodes.</summary>
    private Value? Copy(Value value, GraphBuilder builder, Dictionary<Value, Value?> copies)
    {
        if (value.Constant is { } constant)
        {
            return constant.Shape.ElementCount <= MostElements ? value : null;
        }

        if (copies.TryGetValue(value, out var known))
        {
            return known;
        }

        copies[value] = null;
        if (copies.Count > MostNodes || !_producers.TryGetValue(value, out var node)
            || node.Operator.HasSideEffects || node.Operator.DependsOnState || node.SubGraphs.Count > 0)
        {
            return null;
        }

        var inputs = new List<Value>();
        foreach (var input in node.Inputs)
        {
            if (Copy(input, builder, copies) is not { } copy)
            {
                return null;
            }

            inputs.Add(copy);
        }

        var outputs = builder.AddNode($"node {copies.Count}", node.Operator, inputs);
        for (var i = 0; i < outputs.Count; i++)
        {
            copies[node.Outputs[i]] = outputs[i];
        }

        return copies[value];
    }
}
