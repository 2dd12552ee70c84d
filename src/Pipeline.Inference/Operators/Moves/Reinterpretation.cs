using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The same elements under another shape, for what only renames dimensions.</summary>
internal static class Reinterpretation
{
    public static RuntimeValue As(RuntimeValue value, Shape shape) => value switch
    {
        Tensor tensor => tensor.Reshape(shape),
        StringTensor strings => strings.Reshape(shape),
        _ => throw new ArgumentException($"{value} has no elements.", nameof(value)),
    };
}
