namespace Pipeline.Inference.Tensors;

/// <summary>Anything that flows along an edge of a graph during a run. Values are not changed once another has seen them.</summary>
public abstract class RuntimeValue
{
    private protected RuntimeValue(DataType dataType, Shape shape)
    {
        DataType = dataType;
        Shape = shape;
    }

    public DataType DataType { get; }

    public Shape Shape { get; }

    public override string ToString() => $"{DataType}{Shape}";
}
