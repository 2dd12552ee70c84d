namespace Pipeline.Inference.Tensors;

/// <summary>Dimensions that no value can have: negative, or of more elements than memory can address.</summary>
public sealed class InvalidShapeException : Exception
{
    public InvalidShapeException(string dimensions, string problem)
        : base($"[{dimensions}] is not a shape: {problem}")
    {
        Dimensions = dimensions;
    }

    public string Dimensions { get; }
}
