using Pipeline.Models;

namespace Pipeline.Fixtures.Kinds.Models;

/// <summary>Says what of a model is not built, without the names of its nodes, so that equal reasons are counted together.</summary>
internal static class Unsupported
{
    public static string Describe(UnsupportedModelException error)
    {
        var reasons = error.Nodes
            .Select(node => node.Attribute is null ? node.Operator : $"{node.Operator} {node.Attribute} ({node.Reason})")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        return reasons.Count == 1 ? $"op {reasons[0]} is not built yet" : $"ops {string.Join(", ", reasons)} are not built yet";
    }
}
