using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>Loads the constants that a graph uses, each once.</summary>
internal static class SessionConstants
{
    /// <exception cref="MemoryLimitExceededException">Together they are longer than <paramref name="limit"/> bytes.</exception>
    public static void Check(Graph graph, long limit)
    {
        var length = Sources(graph).OfType<NumericConstantSource>().Sum(s => s.ByteLength);
        if (length > limit)
        {
            throw new MemoryLimitExceededException($"Loading the constants of graph '{graph.Name}'", length, limit);
        }
    }

    public static IReadOnlyDictionary<Value, RuntimeValue> Load(Graph graph)
    {
        var loaded = Sources(graph).ToDictionary(s => s, s => s.Load());
        return Used(graph).ToDictionary(v => v, v => loaded[v.Constant!]);
    }

    private static IEnumerable<ConstantSource> Sources(Graph graph) => Used(graph).Select(v => v.Constant!).Distinct();

    private static IEnumerable<Value> Used(Graph graph) => graph.Nodes.SelectMany(n => n.Inputs)
        .Concat(graph.Outputs.Select(o => o.Value))
        .Where(v => v.Constant is not null)
        .Distinct();
}
