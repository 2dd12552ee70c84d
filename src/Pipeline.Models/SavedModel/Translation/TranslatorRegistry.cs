using System.Collections.Frozen;
using Pipeline.Models.SavedModel.Restoring;
using Pipeline.Models.SavedModel.Translation.Operators;

namespace Pipeline.Models.SavedModel.Translation;

/// <summary>Every TensorFlow operator that is translated.</summary>
internal static class TranslatorRegistry
{
    private static readonly FrozenDictionary<string, NodeTranslator> Translators =
        ElementwiseTranslators.All
            .Concat(ComparisonTranslators.All)
            .Concat(ReductionTranslators.All)
            .Concat(MoveTranslators.All)
            .Concat(ShapeTranslators.All)
            .Concat(ConvolutionTranslators.All)
            .Concat(NetworkTranslators.All)
            .Concat(NormalizationTranslators.All)
            .Concat(VariableTranslators.All)
            .Concat(VariableTranslators.Assigning)
            .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Assigning =
        VariableTranslators.Assigning.Select(entry => entry.Key).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Operators without values, and those that <see cref="GraphTranslator"/> reads itself.</summary>
    private static readonly FrozenSet<string> Structural = new[] { "NoOp", "ControlTrigger", "Const", "Placeholder" }.ToFrozenSet(StringComparer.Ordinal);

    public static NodeTranslator? Find(string op) => Translators.GetValueOrDefault(op);

    /// <summary>Whether the operator assigns the variable that is its first input.</summary>
    public static bool IsAssigning(string op) => Assigning.Contains(op);

    public static bool IsKnown(string op) => Translators.ContainsKey(op) || Structural.Contains(op) || VariableKey.IsVariable(op);
}
