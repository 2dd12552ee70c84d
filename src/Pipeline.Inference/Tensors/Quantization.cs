namespace Pipeline.Inference.Tensors;

/// <summary>
/// What the integers of a value mean: <c>real = scale · (integer − zero point)</c>, with one pair, or one for each index along <see cref="Axis"/>.
/// </summary>
public sealed class Quantization : IEquatable<Quantization>
{
    private readonly float[] _scales;
    private readonly long[] _zeroPoints;

    /// <exception cref="ArgumentException">There are no scales, a scale is not finite and positive, or the two lists differ in length.</exception>
    public Quantization(ReadOnlySpan<float> scales, ReadOnlySpan<long> zeroPoints, int axis)
    {
        if (scales.IsEmpty || scales.Length != zeroPoints.Length)
        {
            throw new ArgumentException($"{scales.Length} scales and {zeroPoints.Length} zero points: there must be as many, at least one.", nameof(scales));
        }

        foreach (var scale in scales)
        {
            if (!float.IsFinite(scale) || scale <= 0)
            {
                throw new ArgumentException($"A scale is {scale}, it must be finite and positive.", nameof(scales));
            }
        }

        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        _scales = scales.ToArray();
        _zeroPoints = zeroPoints.ToArray();
        Axis = axis;
    }

    public ReadOnlySpan<float> Scales => _scales;

    public ReadOnlySpan<long> ZeroPoints => _zeroPoints;

    /// <summary>The dimension along which scales differ; without meaning when there is one scale.</summary>
    public int Axis { get; }

    public bool IsPerAxis => _scales.Length > 1;

    public bool Equals(Quantization? other) =>
        other is not null && Scales.SequenceEqual(other.Scales) && ZeroPoints.SequenceEqual(other.ZeroPoints) && (!IsPerAxis || Axis == other.Axis);

    public override bool Equals(object? obj) => Equals(obj as Quantization);

    public override int GetHashCode() => HashCode.Combine(_scales.Length, _scales[0], _zeroPoints[0]);
}
