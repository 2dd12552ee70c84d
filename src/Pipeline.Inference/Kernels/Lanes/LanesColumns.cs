namespace Pipeline.Inference.Kernels.Lanes;

/// <summary>Reduces the rows of a matrix to one, sixteen columns at a time; a matrix of one column lane by lane.</summary>
internal static unsafe class LanesColumns
{
    // Longer runs are cut in halves, so that sums of many numbers keep their digits.
    private const int LongestRun = 32;

    /// <param name="columns">Of the matrix, whose rows lie one after the other.</param>
    /// <param name="divisor">What results are divided by.</param>
    public static void Run<TLanes, TReduction>(float* source, int rows, int columns, float* target, float divisor)
        where TLanes : struct, ILanes<TLanes>
        where TReduction : struct, ILanesReduction
    {
        if (columns == 1)
        {
            *target = Column<TLanes, TReduction>(source, rows) / divisor;
            return;
        }

        var divisors = TLanes.Create(divisor);
        var column = 0;
        for (; column <= columns - 16; column += 16)
        {
            (Fold<TLanes, TReduction>(source + column, columns, rows) / divisors).Store(target + column);
        }

        var left = columns - column;
        if (left > 0)
        {
            RunEdge<TLanes, TReduction>(source + column, rows, columns, left, target + column, divisors);
        }
    }

    /// <summary>The last columns, through a buffer of whole lanes.</summary>
    private static void RunEdge<TLanes, TReduction>(float* source, int rows, int stride, int columns, float* target, TLanes divisors)
        where TLanes : struct, ILanes<TLanes>
        where TReduction : struct, ILanesReduction
    {
        var buffer = stackalloc float[LongestRun * 16];
        new Span<float>(buffer, LongestRun * 16).Clear();
        (FoldEdge<TLanes, TReduction>(source, stride, rows, columns, buffer) / divisors).Store(buffer);
        new ReadOnlySpan<float>(buffer, columns).CopyTo(new Span<float>(target, columns));
    }

    private static TLanes FoldEdge<TLanes, TReduction>(float* source, nint stride, int rows, int columns, float* buffer)
        where TLanes : struct, ILanes<TLanes>
        where TReduction : struct, ILanesReduction
    {
        if (rows > LongestRun)
        {
            var half = rows / 2;
            return TReduction.Combine(
                FoldEdge<TLanes, TReduction>(source, stride, half, columns, buffer),
                FoldEdge<TLanes, TReduction>(source + (half * stride), stride, rows - half, columns, buffer));
        }

        for (var row = 0; row < rows; row++)
        {
            new ReadOnlySpan<float>(source + (row * stride), columns).CopyTo(new Span<float>(buffer + (row * 16), columns));
        }

        return Fold<TLanes, TReduction>(buffer, 16, rows);
    }

    private static float Column<TLanes, TReduction>(float* source, int count)
        where TLanes : struct, ILanes<TLanes>
        where TReduction : struct, ILanesReduction
    {
        var whole = count / 16;
        var lanes = stackalloc float[16];
        Fold<TLanes, TReduction>(source, 16, whole).Store(lanes);
        var result = TLanes.Create(TReduction.Start);
        for (var lane = 0; lane < 16; lane++)
        {
            result = TReduction.Combine(result, TLanes.Create(lanes[lane]));
        }

        for (var index = whole * 16; index < count; index++)
        {
            result = TReduction.Combine(result, TLanes.Create(source[index]));
        }

        result.Store(lanes);
        return *lanes;
    }

    private static TLanes Fold<TLanes, TReduction>(float* source, nint stride, int rows)
        where TLanes : struct, ILanes<TLanes>
        where TReduction : struct, ILanesReduction
    {
        if (rows > LongestRun)
        {
            var half = rows / 2;
            return TReduction.Combine(Fold<TLanes, TReduction>(source, stride, half), Fold<TLanes, TReduction>(source + (half * stride), stride, rows - half));
        }

        var result = TLanes.Create(TReduction.Start);
        for (var row = 0; row < rows; row++)
        {
            result = TReduction.Combine(result, TLanes.Load(source));
            source += stride;
        }

        return result;
    }
}
