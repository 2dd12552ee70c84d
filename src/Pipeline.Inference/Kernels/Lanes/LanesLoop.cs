namespace Pipeline.Inference.Kernels.Lanes;

/// <summary>Runs a function over memory, sixteen floats at a time; the rest through a small buffer, so that all bits are made the same way.</summary>
internal static unsafe class LanesLoop
{
    /// <param name="second">Read like <paramref name="first"/>, or the one number for all where <paramref name="isScalar"/>.</param>
    /// <param name="target">May be the memory of an input.</param>
    public static void Run<TLanes, TFunction>(float* first, float* second, bool isScalar, float* target, long length, float low, float high)
        where TLanes : struct, ILanes<TLanes>
        where TFunction : struct, ILanesFunction
    {
        var (lows, highs) = (TLanes.Create(low), TLanes.Create(high));
        var same = TLanes.Create(isScalar ? *second : 0);
        long index = 0;
        for (; index <= length - 16; index += 16)
        {
            TFunction.Apply(TLanes.Load(first + index), isScalar ? same : TLanes.Load(second + index), lows, highs).Store(target + index);
        }

        var left = (int)(length - index);
        if (left == 0)
        {
            return;
        }

        var buffer = stackalloc float[48];
        new ReadOnlySpan<float>(first + index, left).CopyTo(new Span<float>(buffer, left));
        if (!isScalar)
        {
            new ReadOnlySpan<float>(second + index, left).CopyTo(new Span<float>(buffer + 16, left));
        }

        TFunction.Apply(TLanes.Load(buffer), isScalar ? same : TLanes.Load(buffer + 16), lows, highs).Store(buffer + 32);
        new ReadOnlySpan<float>(buffer + 32, left).CopyTo(new Span<float>(target + index, left));
    }
}
