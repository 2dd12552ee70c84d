using System.Runtime.InteropServices;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>A float32 constant, multiplied by one number for each element of its last dimensions while it is read, so that it is nowhere held twice.</summary>
internal sealed class ScaledConstantSource : NumericConstantSource
{
    private readonly NumericConstantSource _source;
    private readonly float[] _factors;

    /// <param name="factors">For the elements of the innermost dimensions, repeated over the others.</param>
    public ScaledConstantSource(NumericConstantSource source, float[] factors)
        : base(DataType.Float32, source.Shape)
    {
        ArgumentNullException.ThrowIfNull(factors);
        if (source.DataType != DataType.Float32 || factors.Length == 0 || source.Shape.ElementCount % factors.Length != 0)
        {
            throw new ArgumentException($"{factors.Length} factors do not fit {source.DataType}{source.Shape}.", nameof(factors));
        }

        _source = source;
        _factors = factors;
    }

    protected override void ReadCore(long offset, Span<byte> destination)
    {
        if (offset % sizeof(float) != 0 || destination.Length % sizeof(float) != 0)
        {
            throw new ArgumentException($"{destination.Length} bytes from {offset} on are no whole elements.", nameof(destination));
        }

        _source.Read(offset, destination);
        var elements = MemoryMarshal.Cast<byte, float>(destination);
        var factor = (int)(offset / sizeof(float) % _factors.Length);
        for (var index = 0; index < elements.Length; index++)
        {
            elements[index] *= _factors[factor];
            factor = factor + 1 == _factors.Length ? 0 : factor + 1;
        }
    }
}
