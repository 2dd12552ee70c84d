namespace Pipeline.Models.Package.Inferring;

/// <summary>What somebody says of a model before it is looked at.</summary>
/// <param name="Signature">Null: <c>serving_default</c>, or the only one.</param>
/// <param name="Output">The signature's name of the output; null: the only one that holds scores.</param>
/// <param name="LabelFile">A label file that lies elsewhere; null: the one of the folder.</param>
public sealed record InferenceHints(string? Signature = null, string? Output = null, string? LabelFile = null)
{
    public static InferenceHints None { get; } = new();
}
