using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>An interpreter with its constants loaded.</summary>
internal sealed class Interpretation
{
    private readonly GraphInterpreter _interpreter;
    private readonly HashSet<object> _constantMemory;

    public Interpretation(Graph graph)
    {
        var constants = SessionConstants.Load(graph);
        _interpreter = new GraphInterpreter(graph, constants);
        _constantMemory = constants.Values.Select(RunMemory.KeyOf).ToHashSet(ReferenceEqualityComparer.Instance);
    }

    /// <returns>In the order of the graph's outputs, in memory that neither inputs nor constants share.</returns>
    public RuntimeValue[] Run(IReadOnlyList<RuntimeValue> inputs, EvaluationContext context)
    {
        var outputs = _interpreter.Run(inputs, context);
        var foreign = inputs.Concat(context.Variables.Values).Select(RunMemory.KeyOf).ToHashSet(ReferenceEqualityComparer.Instance);
        foreign.UnionWith(_constantMemory);
        return [.. outputs.Select(output => output is Tensor tensor && foreign.Contains(RunMemory.KeyOf(tensor)) ? tensor.Copy() : output)];
    }
}
