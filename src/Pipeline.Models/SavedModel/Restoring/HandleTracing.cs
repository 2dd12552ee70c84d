using Pipeline.Models.SavedModel.Graphs;

namespace Pipeline.Models.SavedModel.Restoring;

/// <summary>Follows values through nodes that pass them on.</summary>
internal static class HandleTracing
{
    private const int LongestChain = 1000;

    /// <summary>The value behind a chain of identities. A chain that is longer than anything real, as in a cycle, ends where it was given up.</summary>
    public static FlatValue SkipIdentities(FlatValue value)
    {
        for (var step = 0; step < LongestChain && value.Node.Op == "Identity" && value.Node.Inputs.Count == 1; step++)
        {
            value = value.Node.Inputs[0];
        }

        return value;
    }
}
