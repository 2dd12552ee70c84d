namespace Pipeline.Inference.Kernels.Lanes;

/// <summary>What is worked out over a whole row, sixteen numbers at a time. NaN in gives NaN out.</summary>
internal static unsafe class LanesRow
{
    /// <summary>The sum, each lane for itself and the lanes in float64.</summary>
    public static double Sum<TLanes>(float* row, int length)
        where TLanes : struct, ILanes<TLanes>
    {
        var sums = TLanes.Create(0);
        var index = 0;
        for (; index <= length - 16; index += 16)
        {
            sums += TLanes.Load(row + index);
        }

        var sum = SumOfLanes(sums);
        for (; index < length; index++)
        {
            sum += row[index];
        }

        return sum;
    }

    /// <summary>The sum of the squares of what is left of each number when <paramref name="mean"/> is taken off.</summary>
    public static double SumOfSquares<TLanes>(float* row, int length, float mean)
        where TLanes : struct, ILanes<TLanes>
    {
        var (sums, means) = (TLanes.Create(0), TLanes.Create(mean));
        var index = 0;
        for (; index <= length - 16; index += 16)
        {
            var difference = TLanes.Load(row + index) - means;
            sums = TLanes.MultiplyAdd(difference, difference, sums);
        }

        var sum = SumOfLanes(sums);
        for (; index < length; index++)
        {
            var difference = row[index] - mean;
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>The largest; negative infinity where there is none.</summary>
    public static float Largest<TLanes>(float* row, int length)
        where TLanes : struct, ILanes<TLanes>
    {
        var largest = TLanes.Create(float.NegativeInfinity);
        var index = 0;
        for (; index <= length - 16; index += 16)
        {
            largest = TLanes.Larger(largest, TLanes.Load(row + index));
        }

        var lanes = stackalloc float[16];
        largest.Store(lanes);
        var result = float.NegativeInfinity;
        for (var lane = 0; lane < 16; lane++)
        {
            result = MathF.Max(result, lanes[lane]);
        }

        for (; index < length; index++)
        {
            result = MathF.Max(result, row[index]);
        }

        return result;
    }

    /// <summary>exp(x - <paramref name="largest"/>) of each number.</summary>
    /// <returns>Their sum.</returns>
    public static double Exponentials<TLanes>(float* row, float* target, int length, float largest)
        where TLanes : struct, ILanes<TLanes>
    {
        var (sums, most) = (TLanes.Create(0), TLanes.Create(largest));
        var index = 0;
        for (; index <= length - 16; index += 16)
        {
            var power = LanesMath.Exp(TLanes.Load(row + index) - most);
            sums += power;
            power.Store(target + index);
        }

        var sum = SumOfLanes(sums);
        var left = length - index;
        if (left > 0)
        {
            var buffer = stackalloc float[16];
            new ReadOnlySpan<float>(row + index, left).CopyTo(new Span<float>(buffer, left));
            LanesMath.Exp(TLanes.Load(buffer) - most).Store(buffer);
            new ReadOnlySpan<float>(buffer, left).CopyTo(new Span<float>(target + index, left));
            for (var lane = 0; lane < left; lane++)
            {
                sum += buffer[lane];
            }
        }

        return sum;
    }

    /// <summary>(x - mean) · factor · scale + offset of each number.</summary>
    /// <param name="scale">One for each number, filled up to whole blocks of 16, as is <paramref name="offset"/>.</param>
    public static void Normalize<TLanes>(float* row, float* target, int length, float mean, float factor, float* scale, float* offset)
        where TLanes : struct, ILanes<TLanes>
    {
        var (means, factors) = (TLanes.Create(mean), TLanes.Create(factor));
        var index = 0;
        for (; index <= length - 16; index += 16)
        {
            var normal = (TLanes.Load(row + index) - means) * factors;
            TLanes.MultiplyAdd(normal, TLanes.Load(scale + index), TLanes.Load(offset + index)).Store(target + index);
        }

        var left = length - index;
        if (left > 0)
        {
            var buffer = stackalloc float[16];
            new ReadOnlySpan<float>(row + index, left).CopyTo(new Span<float>(buffer, left));
            var normal = (TLanes.Load(buffer) - means) * factors;
            TLanes.MultiplyAdd(normal, TLanes.Load(scale + index), TLanes.Load(offset + index)).Store(buffer);
            new ReadOnlySpan<float>(buffer, left).CopyTo(new Span<float>(target + index, left));
        }
    }

    private static double SumOfLanes<TLanes>(TLanes sums)
        where TLanes : struct, ILanes<TLanes>
    {
        var lanes = stackalloc float[16];
        sums.Store(lanes);

        // Four sums at a time, for each addition waits for the one before.
        double a = lanes[0], b = lanes[1], c = lanes[2], d = lanes[3];
        for (var lane = 4; lane < 16; lane += 4)
        {
            a += lanes[lane];
            b += lanes[lane + 1];
            c += lanes[lane + 2];
            d += lanes[lane + 3];
        }

        return a + b + (c + d);
    }
}
