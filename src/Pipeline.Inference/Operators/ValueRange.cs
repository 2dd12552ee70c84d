using System.Globalization;

namespace Pipeline.Inference.Operators;

/// <summary>Bounds that values are clamped to.</summary>
public readonly record struct ValueRange(float Low, float High)
{
    public static ValueRange Unbounded => new(float.NegativeInfinity, float.PositiveInfinity);

    public static ValueRange Relu => new(0, float.PositiveInfinity);

    public static ValueRange Relu6 => new(0, 6);

    public override string ToString() => this == Unbounded ? "unbounded" : string.Create(CultureInfo.InvariantCulture, $"{Low} to {High}");
}
