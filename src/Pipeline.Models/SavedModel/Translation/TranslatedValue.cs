using Pipeline.Inference.Graphs;
using Pipeline.Models.SavedModel.Graphs;

namespace Pipeline.Models.SavedModel.Translation;

/// <summary>What an output of a node became: a value, a variable (by the node that stands for it), or nothing, because its node is not supported.</summary>
internal sealed record TranslatedValue(Value? Value, FlatNode? Variable)
{
    public static TranslatedValue Unsupported { get; } = new(null, null);

    public static TranslatedValue Of(Value value) => new(value, null);

    public static TranslatedValue OfVariable(FlatNode variable) => new(null, variable);
}
