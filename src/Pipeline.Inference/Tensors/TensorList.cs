namespace Pipeline.Inference.Tensors;

/// <summary>A list of values of one type, as loops in a graph build it: one variant. Elements not yet written are null.</summary>
public sealed class TensorList : RuntimeValue
{
    private readonly RuntimeValue?[] _items;

    public TensorList(TensorType elementType, IEnumerable<RuntimeValue?> items)
        : base(DataType.Variant, Shape.Scalar)
    {
        ArgumentNullException.ThrowIfNull(items);
        ElementType = elementType;
        _items = [.. items];
    }

    public TensorType ElementType { get; }

    public ReadOnlySpan<RuntimeValue?> Items => _items;
}
