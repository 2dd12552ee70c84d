namespace Pipeline.Models.Package.Inferring;

/// <summary>What somebody says of a model before it is looked at.</summary>
/// <param name="Signature">Null: <c>serving_default</c>, or the only one.</param>
/// <param name="Output">The signature's name of the output; null: the only one that holds scores.</param>
public sealed record InferenceHints(string? Signature = null, string? Output = null)
{
    public static InferenceHints None { get; } = new();
}
