namespace Pipeline.Imaging;

/// <summary>A picture of bytes (decoded, or resized by a method that rounds) or of floats (resized by a method that does not).</summary>
/// <typeparam name="T"><see cref="byte"/> or <see cref="float"/>.</typeparam>
public sealed class PixelBuffer<T> : PixelBuffer
    where T : unmanaged
{
    private readonly T[] _values;

    /// <summary>A picture of zeros.</summary>
    /// <exception cref="OverflowException">The picture has more than 2^31 - 1 elements.</exception>
    public PixelBuffer(int width, int height, int channels)
        : base(width, height, channels)
    {
        ThrowUnlessSupported();
        _values = new T[Length];
    }

    /// <summary>A picture over values that the caller hands over.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> does not have exactly height · width · channels elements.</exception>
    public PixelBuffer(int width, int height, int channels, T[] values)
        : base(width, height, channels)
    {
        ThrowUnlessSupported();
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != Length)
        {
            throw new ArgumentException($"A picture of {width} x {height} with {channels} channels has {Length} values, not {values.Length}.", nameof(values));
        }

        _values = values;
    }

    /// <summary>A picture whose every value the caller will write.</summary>
    internal static PixelBuffer<T> Uninitialized(int width, int height, int channels) =>
        new(width, height, channels, GC.AllocateUninitializedArray<T>(checked(width * height * channels)));

    /// <summary>All values, row after row.</summary>
    public Span<T> Values => _values;

    /// <summary>The values of one row, counted from the top.</summary>
    public Span<T> Row(int y) => _values.AsSpan(y * RowLength, RowLength);

    public override void CopyTo(Span<float> destination)
    {
        if (typeof(T) == typeof(float))
        {
            ((float[])(object)_values).CopyTo(destination);
            return;
        }

        PixelConversion.ToSingle((byte[])(object)_values, destination);
    }

    private static void ThrowUnlessSupported()
    {
        if (typeof(T) != typeof(byte) && typeof(T) != typeof(float))
        {
            throw new NotSupportedException($"A picture holds byte or float values, not {typeof(T)}.");
        }
    }
}
