using System.Collections.Frozen;
using Pipeline.Models.SavedModel.Graphs;

namespace Pipeline.Models.SavedModel.Restoring;

/// <summary>Finds the variables that a graph assigns.</summary>
internal static class AssignedVariables
{
    private static readonly FrozenSet<string> Operators =
        new[] { "AssignVariableOp", "AssignAddVariableOp", "AssignSubVariableOp", "Assign", "AssignAdd", "AssignSub" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the operator assigns the variable that is its first input, whoever uses its outputs.</summary>
    public static bool IsAssigning(string op) => Operators.Contains(op);

    /// <returns>Every assignment, with the key of its variable, see <see cref="VariableKey"/>.</returns>
    public static IEnumerable<(string Variable, FlatNode Node)> AssignmentsIn(IEnumerable<FlatNode> nodes) =>
        from node in nodes
        where IsAssigning(node.Op) && node.Inputs.Count > 0
        let variable = HandleTracing.SkipIdentities(node.Inputs[0]).Node
        where VariableKey.IsVariable(variable.Op)
        select (VariableKey.Of(variable), node);
}
