namespace Pipeline.Inference.Tensors;

/// <summary>What is known of a value before a run.</summary>
public readonly record struct TensorType(DataType DataType, PartialShape Shape)
{
    public override string ToString() => $"{DataType}{Shape}";
}
