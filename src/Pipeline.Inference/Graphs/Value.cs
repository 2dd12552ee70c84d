using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Graphs;

/// <summary>An edge of a graph: made once (by a node, as an input, or as a constant), used any number of times. Made by <see cref="GraphBuilder"/>.</summary>
public sealed class Value
{
    internal Value(string name, TensorType type, ConstantSource? constant = null, Quantization? quantization = null)
    {
        Name = name;
        Type = type;
        Constant = constant;
        Quantization = quantization;
    }

    public string Name { get; }

    public TensorType Type { get; }

    public DataType DataType => Type.DataType;

    public PartialShape Shape => Type.Shape;

    /// <summary>Null where the elements mean themselves.</summary>
    public Quantization? Quantization { get; }

    /// <summary>Null unless this is a constant.</summary>
    public ConstantSource? Constant { get; }

    public override string ToString() => $"{Name}: {Type}";
}
