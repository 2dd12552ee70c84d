namespace Pipeline.Inference.Execution.Plans.Products;

/// <summary>What a product of two values comes down to.</summary>
/// <param name="IsSwapped">Whether the second value is the left one.</param>
internal sealed record ProductForm(ProductShape Shape, bool IsSwapped);
