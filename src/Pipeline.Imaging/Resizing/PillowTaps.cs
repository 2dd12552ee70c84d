namespace Pipeline.Imaging.Resizing;

/// <summary>Which source pixels make each pixel of one direction, and with which weights: fixed point with 22 bits of fraction.</summary>
internal sealed class PillowTaps
{
    /// <summary>Two bits of head room stay above eight bits of value.</summary>
    public const int FractionBits = 32 - 8 - 2;

    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int[] _weights;
    private readonly int _stride;

    private PillowTaps(int[] starts, int[] counts, int[] weights, int stride)
    {
        _starts = starts;
        _counts = counts;
        _weights = weights;
        _stride = stride;
    }

    /// <summary>How many pixels of the result are wanted.</summary>
    public int Count => _starts.Length;

    /// <summary>The first source pixel that any result needs.</summary>
    public int First => _starts[0];

    /// <summary>One behind the last source pixel that any result needs.</summary>
    public int End => _starts[^1] + _counts[^1];

    /// <param name="size">Of the source, in pixels.</param>
    /// <param name="from">The near edge of the box.</param>
    /// <param name="to">The far edge of the box. Pillow keeps both in single precision.</param>
    /// <param name="resultSize">Of the whole result, in pixels.</param>
    /// <param name="first">The first pixel of the result that is wanted.</param>
    /// <param name="wanted">How many are, from there on.</param>
    public static PillowTaps Create(int size, float from, float to, int resultSize, int first, int wanted, PillowFilter filter)
    {
        var scale = (double)(to - from) / resultSize;
        var filterScale = Math.Max(scale, 1);
        var support = filter.Support * filterScale;
        var stride = checked(((int)Math.Ceiling(support) * 2) + 1);
        var starts = new int[wanted];
        var counts = new int[wanted];
        var weights = new int[checked(wanted * stride)];
        var values = new double[stride];
        for (var index = 0; index < wanted; index++)
        {
            var center = from + ((first + index + 0.5) * scale);
            var start = Math.Max((int)(center - support + 0.5), 0);
            var count = Math.Min((int)(center + support + 0.5), size) - start;
            var sum = 0.0;
            for (var tap = 0; tap < count; tap++)
            {
                values[tap] = filter.Value((tap + start - center + 0.5) * (1 / filterScale));
                sum += values[tap];
            }

            for (var tap = 0; tap < count; tap++)
            {
                weights[(index * stride) + tap] = ToFixed(sum == 0 ? values[tap] : values[tap] / sum);
            }

            starts[index] = start;
            counts[index] = count;
        }

        return new PillowTaps(starts, counts, weights, stride);
    }

    public int Start(int index) => _starts[index];

    public ReadOnlySpan<int> Weights(int index) => _weights.AsSpan(index * _stride, _counts[index]);

    /// <summary>Rounds half away from zero.</summary>
    private static int ToFixed(double weight) => (int)((weight * (1 << FractionBits)) + (weight < 0 ? -0.5 : 0.5));
}
