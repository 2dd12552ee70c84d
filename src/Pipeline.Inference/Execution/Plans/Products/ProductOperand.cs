using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans.Products;

/// <summary>A value of a product: what its dimensions are called, and how it walks along each.</summary>
internal sealed class ProductOperand
{
    private readonly Dictionary<int, long> _strides = [];

    /// <param name="labels">One for each dimension; where a label stands twice, the diagonal is meant.</param>
    public ProductOperand(int[] labels, Shape shape)
    {
        Labels = labels;
        Shape = shape;
        var strides = StridedCopy.StridesOf(shape);
        for (var dimension = 0; dimension < labels.Length; dimension++)
        {
            var stride = shape[dimension] == 1 ? 0 : strides[dimension];
            _strides[labels[dimension]] = _strides.GetValueOrDefault(labels[dimension]) + stride;
        }
    }

    public int[] Labels { get; }

    public Shape Shape { get; }

    /// <summary>Floats from one place of a label to the next; 0 where there is no such dimension, or it is broadcast.</summary>
    public long Stride(int label) => _strides.GetValueOrDefault(label);

    /// <summary>How large what a label names is here; 1 where there is no such dimension.</summary>
    public int Size(int label) => Labels.Contains(label) ? Shape[Array.IndexOf(Labels, label)] : 1;
}
