using Pipeline.Models.SavedModel.Restoring;
using Pipeline.Models.SavedModel.Translation.Operators;

namespace Pipeline.Models.SavedModel.Translation;

/// <summary>Every TensorFlow operator that is translated.</summary>
internal static class TranslatorRegistry
{
    private static readonly Dictionary<string, NodeTranslator> Translators = Merge(
        ElementwiseTranslators.All,
        ComparisonTranslators.All,
        ReductionTranslators.All,
        MoveTranslators.All,
        ShapeTranslators.All,
        ConvolutionTranslators.All,
        NetworkTranslators.All,
        NormalizationTranslators.All,
        VariableTranslators.All);

    /// <summary>Operators without values, and those that <see cref="GraphTranslator"/> reads itself.</summary>
    private static readonly HashSet<string> Structural = new(StringComparer.Ordinal) { "NoOp", "ControlTrigger", "Const", "Placeholder" };

    public static NodeTranslator? Find(string op) => Translators.GetValueOrDefault(op);

    public static bool IsKnown(string op) => Translators.ContainsKey(op) || Structural.Contains(op) || VariableKey.IsVariable(op);

    private static Dictionary<string, NodeTranslator> Merge(params ReadOnlySpan<Dictionary<string, NodeTranslator>> families)
    {
        var all = new Dictionary<string, NodeTranslator>(StringComparer.Ordinal);
        foreach (var family in families)
        {
            foreach (var (op, translator) in family)
            {
                all.Add(op, translator);
            }
        }

        return all;
    }
}
