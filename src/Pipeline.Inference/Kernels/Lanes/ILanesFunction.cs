namespace Pipeline.Inference.Kernels.Lanes;

/// <summary>A function of each lane of two values (the second may be meaningless).</summary>
internal interface ILanesFunction
{
    static abstract T Apply<T>(T first, T second, T low, T high)
        where T : struct, ILanes<T>;
}
