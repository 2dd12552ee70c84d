using System.Runtime.CompilerServices;
using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Kernels.Pooling;

/// <summary>Pools windows of one block of 16 channels that stand side by side and are of one size. Lengths are in floats.</summary>
internal static unsafe class PoolKernel
{
    private const int Block = 16;
    private const int Tile = 4;

    /// <param name="cells">The first cell of the first window.</param>
    /// <param name="rowStride">From one row of cells to the next.</param>
    /// <param name="rows">Of a window, at least 1.</param>
    /// <param name="columns">Of a window, at least 1.</param>
    /// <param name="step">From one window to the next.</param>
    /// <param name="target">Sixteen results a window.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TPool>(float* cells, nint rowStride, int rows, int columns, nint step, float* target, int windows)
        where TLanes : struct, ILanes<TLanes>
        where TPool : struct, IPool
    {
        var count = TLanes.Create(rows * columns);
        for (; windows >= Tile; windows -= Tile)
        {
            var a = TPool.Start<TLanes>();
            var (b, c, d) = (a, a, a);
            var row = cells;
            for (var y = 0; y < rows; y++, row += rowStride)
            {
                var end = row + (columns * Block);
                for (var cell = row; cell < end; cell += Block)
                {
                    a = TPool.Add(a, TLanes.Load(cell));
                    b = TPool.Add(b, TLanes.Load(cell + step));
                    c = TPool.Add(c, TLanes.Load(cell + (2 * step)));
                    d = TPool.Add(d, TLanes.Load(cell + (3 * step)));
                }
            }

            TPool.Finish(a, count).Store(target);
            TPool.Finish(b, count).Store(target + Block);
            TPool.Finish(c, count).Store(target + (2 * Block));
            TPool.Finish(d, count).Store(target + (3 * Block));
            cells += Tile * step;
            target += Tile * Block;
        }

        for (; windows > 0; windows--, cells += step, target += Block)
        {
            var a = TPool.Start<TLanes>();
            var row = cells;
            for (var y = 0; y < rows; y++, row += rowStride)
            {
                var end = row + (columns * Block);
                for (var cell = row; cell < end; cell += Block)
                {
                    a = TPool.Add(a, TLanes.Load(cell));
                }
            }

            TPool.Finish(a, count).Store(target);
        }
    }
}
