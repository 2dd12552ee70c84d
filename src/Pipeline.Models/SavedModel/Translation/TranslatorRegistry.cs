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
            .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Operators without values, and those that <see cref="GraphTranslator"/> reads itself.</summary>
    private static readonly FrozenSet<string> Structural = new[] { "NoOp", "ControlTrigger", "Const", "Placeholder" }.ToFrozenSet(StringComparer.Ordinal);

    public static NodeTranslator? Find(string op) => Translators.GetValueOrDefault(op);

    public static bool IsKnown(string op) => Translators.ContainsKey(op) || Structural.Contains(op) || VariableKey.IsVariable(op);
}
