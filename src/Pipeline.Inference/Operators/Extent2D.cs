namespace Pipeline.Inference.Operators;

/// <summary>A size or distance down and across.</summary>
public readonly record struct Extent2D(int Height, int Width)
{
    public override string ToString() => $"{Height}x{Width}";
}
