using System.Collections.Immutable;
using Pipeline.Inference.Measuring;

namespace Pipeline.Cli.Inspecting;

/// <summary>All nodes of one operator.</summary>
/// <param name="MultiplyAdds">Null where it is not known of one of them.</param>
internal sealed record OperatorCount(string Operator, int Count, long? MultiplyAdds)
{
    /// <summary>The operators of a graph, the most expensive first.</summary>
    public static ImmutableArray<OperatorCount> Of(GraphCosts costs) =>
    [
        .. costs.Nodes
            .GroupBy(node => node.Operator, StringComparer.Ordinal)
            .Select(group => new OperatorCount(group.Key, group.Count(), GraphCosts.SumOfMultiplyAdds(group)))
            .OrderByDescending(count => count.MultiplyAdds ?? long.MaxValue)
            .ThenByDescending(count => count.Count)
            .ThenBy(count => count.Operator, StringComparer.Ordinal),
    ];
}
