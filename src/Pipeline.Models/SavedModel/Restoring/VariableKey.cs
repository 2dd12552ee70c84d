using System.Text;
using Pipeline.Models.SavedModel.Graphs;

namespace Pipeline.Models.SavedModel.Restoring;

/// <summary>Which variable a node stands for: nodes of one container and shared name stand for one, others each for their own.</summary>
internal static class VariableKey
{
    /// <summary>The shared name that means that nothing is shared.</summary>
    private const string AnonymousName = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

    public static bool IsVariable(string op) => op is "VarHandleOp" or "VariableV2" or "Variable";

    /// <summary>A text that is equal for nodes of one variable, in whatever graph they were reached.</summary>
    public static string Of(FlatNode node) =>
        SharedName(node) is { Length: > 0 } shared ? $"{Text(node, "container")}|{shared}" : $"|{node.Name}";

    /// <summary>The name of the variable itself, which checkpoints without a saver use as the key.</summary>
    public static string NameOf(FlatNode node) => SharedName(node) is { Length: > 0 } shared ? shared : node.Name;

    private static string? SharedName(FlatNode node) => Text(node, "shared_name") is var name && name != AnonymousName ? name : null;

    private static string Text(FlatNode node, string attribute) =>
        node.FindAttribute(attribute) is { } value ? Encoding.UTF8.GetString(value.S.Span) : string.Empty;
}
