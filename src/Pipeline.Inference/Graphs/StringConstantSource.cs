using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Graphs;

/// <summary>A constant of strings.</summary>
public sealed class StringConstantSource : ConstantSource
{
    private readonly StringTensor _tensor;

    public StringConstantSource(StringTensor tensor)
        : base(DataType.String, Checked(tensor).Shape)
    {
        _tensor = tensor;
    }

    public override RuntimeValue Load() => _tensor;

    private static StringTensor Checked(StringTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor;
    }
}
