namespace Pipeline.Inference.Operators;

/// <summary>How a window operator treats the border; the numbers count in explicit mode only.</summary>
public readonly record struct Padding
{
    private Padding(PaddingMode mode, int top, int bottom, int left, int right)
    {
        Mode = mode;
        Top = top;
        Bottom = bottom;
        Left = left;
        Right = right;
    }

    public static Padding Valid => default;

    public static Padding Same => new(PaddingMode.Same, 0, 0, 0, 0);

    public PaddingMode Mode { get; }

    public int Top { get; }

    public int Bottom { get; }

    public int Left { get; }

    public int Right { get; }

    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Padding Explicit(int top, int bottom, int left, int right)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfNegative(bottom);
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        return new Padding(PaddingMode.Explicit, top, bottom, left, right);
    }

    public override string ToString() => Mode == PaddingMode.Explicit ? $"{Top}+{Bottom} x {Left}+{Right}" : Mode.ToString();
}
