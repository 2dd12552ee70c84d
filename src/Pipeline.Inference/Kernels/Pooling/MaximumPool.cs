using System.Runtime.CompilerServices;
using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Kernels.Pooling;

/// <summary>The largest cell.</summary>
internal readonly struct MaximumPool : IPool
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Start<T>()
        where T : struct, ILanes<T> => T.Create(float.NegativeInfinity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add<T>(T result, T cell)
        where T : struct, ILanes<T> => T.Larger(result, cell);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Finish<T>(T result, T cells)
        where T : struct, ILanes<T> => result;
}
