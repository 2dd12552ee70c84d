using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>Loads the constants that a graph uses, each once.</summary>
internal static class SessionConstants
{
    /// <exception cref="MemoryLimitExceededException">Together they are longer than <paramref name="limit"/> bytes; none has been loaded.</exception>
    public static IReadOnlyDictionary<Value, RuntimeValue> Load(Graph graph, long limit)
    {
        var used = graph.Nodes.SelectMany(n => n.Inputs)
            .Concat(graph.Outputs.Select(o => o.Value))
            .Where(v => v.Constant is not null)
            .Distinct()
            .ToList();
        var sources = used.Select(v => v.Constant!).Distinct().ToList();
        var length = sources.OfType<NumericConstantSource>().Sum(s => s.ByteLength);
        if (length > limit)
        {
            throw new MemoryLimitExceededException($"Loading the constants of graph '{graph.Name}'", length, limit);
        }

        var loaded = sources.ToDictionary(s => s, s => s.Load());
        return used.ToDictionary(v => v, v => loaded[v.Constant!]);
    }
}
