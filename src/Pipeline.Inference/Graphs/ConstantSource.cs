using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Graphs;

/// <summary>A handle of a constant: what it is, and how to get it when it is wanted. Safe for use by several threads.</summary>
public abstract class ConstantSource
{
    private protected ConstantSource(DataType dataType, Shape shape)
    {
        DataType = dataType;
        Shape = shape;
    }

    public DataType DataType { get; }

    public Shape Shape { get; }

    /// <summary>The whole constant as a value, which the caller may keep and must not change.</summary>
    public abstract RuntimeValue Load();
}
