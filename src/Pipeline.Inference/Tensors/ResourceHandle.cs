namespace Pipeline.Inference.Tensors;

/// <summary>Names state of a session (a variable, a table) without holding it.</summary>
public sealed class ResourceHandle : RuntimeValue
{
    public ResourceHandle(string name)
        : base(DataType.Resource, Shape.Scalar)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    public string Name { get; }
}
