using System.Runtime.CompilerServices;
using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Kernels.Pooling;

/// <summary>The sum of the cells in their order, divided by how many there are.</summary>
internal readonly struct MeanPool : IPool
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Start<T>()
        where T : struct, ILanes<T> => T.Create(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add<T>(T result, T cell)
        where T : struct, ILanes<T> => result + cell;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Finish<T>(T result, T cells)
        where T : struct, ILanes<T> => result / cells;
}
