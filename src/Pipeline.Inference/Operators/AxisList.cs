namespace Pipeline.Inference.Operators;

/// <summary>Dimensions an attribute names; equal when the numbers are, in order.</summary>
public readonly struct AxisList : IEquatable<AxisList>
{
    private readonly int[]? _axes;

    private AxisList(int[] axes)
    {
        _axes = axes;
    }

    public ReadOnlySpan<int> Axes => _axes;

    public static AxisList Of(params ReadOnlySpan<int> axes) => new(axes.ToArray());

    public bool Equals(AxisList other) => Axes.SequenceEqual(other.Axes);

    public override bool Equals(object? obj) => obj is AxisList other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var axis in Axes)
        {
            hash.Add(axis);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(", ", Axes.ToArray())}]";

    public static bool operator ==(AxisList left, AxisList right) => left.Equals(right);

    public static bool operator !=(AxisList left, AxisList right) => !left.Equals(right);
}
