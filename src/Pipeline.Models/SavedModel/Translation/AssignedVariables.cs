using Pipeline.Models.SavedModel.Graphs;
using Pipeline.Models.SavedModel.Restoring;

namespace Pipeline.Models.SavedModel.Translation;

/// <summary>Finds the variables that a graph assigns.</summary>
internal static class AssignedVariables
{
    /// <returns>Their keys, see <see cref="VariableKey"/>.</returns>
    public static HashSet<string> Of(IEnumerable<FlatNode> nodes) =>
        nodes.Where(node => TranslatorRegistry.IsAssigning(node.Op) && node.Inputs.Count > 0)
            .Select(node => HandleTracing.SkipIdentities(node.Inputs[0]).Node)
            .Where(node => VariableKey.IsVariable(node.Op))
            .Select(VariableKey.Of)
            .ToHashSet(StringComparer.Ordinal);
}
