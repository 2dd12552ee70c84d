using Pipeline.Inference.Kernels.Products;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>What a product step does to sums: function((sum + bias) · scale + residual).</summary>
/// <param name="Bias">One number for each column, filled up to whole panels.</param>
/// <param name="Scale">The same; null: nothing is multiplied.</param>
/// <param name="Residual">Of the shape of the result, plain; null: nothing is added.</param>
/// <param name="Function">Low, high and the row function; the pointers of the other parts are set by the step.</param>
internal sealed record ProductEpilogue(PackedWeights Bias, PackedWeights? Scale, PlanValue? Residual, ProductFinish Function);
