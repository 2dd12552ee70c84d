using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>What a session takes or gives under a name.</summary>
public sealed record TensorSpec(string Name, DataType DataType, PartialShape Shape)
{
    public override string ToString() => $"{Name}: {DataType}{Shape}";
}
