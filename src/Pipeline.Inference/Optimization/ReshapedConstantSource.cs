using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>The elements of a constant, in their order, under another shape.</summary>
internal sealed class ReshapedConstantSource : NumericConstantSource
{
    private readonly NumericConstantSource _source;

    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    public ReshapedConstantSource(NumericConstantSource source, Shape shape)
        : base(source.DataType, shape)
    {
        if (shape.ElementCount != source.Shape.ElementCount)
        {
            throw new ArgumentException($"{shape} has {shape.ElementCount} elements, {source.Shape} has {source.Shape.ElementCount}.", nameof(shape));
        }

        _source = source;
    }

    protected override void ReadCore(long offset, Span<byte> destination) => _source.Read(offset, destination);
}
