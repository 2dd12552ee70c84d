using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Kernels.Pooling;

/// <summary>What a pool makes of the cells of a window, sixteen channels at a time. A NaN makes the result of its channel NaN.</summary>
internal interface IPool
{
    static abstract T Start<T>()
        where T : struct, ILanes<T>;

    static abstract T Add<T>(T result, T cell)
        where T : struct, ILanes<T>;

    /// <param name="cells">How many were added, at least 1.</param>
    static abstract T Finish<T>(T result, T cells)
        where T : struct, ILanes<T>;
}
