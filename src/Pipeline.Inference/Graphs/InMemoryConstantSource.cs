using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Graphs;

/// <summary>A constant that is already in memory.</summary>
public sealed class InMemoryConstantSource : NumericConstantSource
{
    private readonly Tensor _tensor;

    public InMemoryConstantSource(Tensor tensor)
        : base(Checked(tensor).DataType, tensor.Shape)
    {
        _tensor = tensor;
    }

    public override RuntimeValue Load() => _tensor;

    protected override void ReadCore(long offset, Span<byte> destination) =>
        _tensor.Bytes.Slice((int)offset, destination.Length).CopyTo(destination);

    private static Tensor Checked(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor;
    }
}
