using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Kernels.Pooling;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Kernels.Pooling;

/// <summary>Every tile edge in guarded memory, against a naive loop.</summary>
public sealed unsafe class PoolKernelTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(3, 3, 2)]
    [InlineData(2, 5, 3)]
    [InlineData(8, 1, 1)]
    public void Run_AnyNumberOfWindows_EqualsTheNaiveLoop(int rows, int columns, int stride)
    {
        foreach (var tier in Tiers.All)
        {
            for (var windows = 1; windows <= 10; windows++)
            {
                Check<MaximumPool>(tier, rows, columns, stride, windows, cells => cells.Max());
                Check<MeanPool>(tier, rows, columns, stride, windows, cells => cells.Average());
            }
        }
    }

    private static void Check<TPool>(KernelTier tier, int rows, int columns, int stride, int windows, Func<IEnumerable<float>, float> expected)
        where TPool : struct, IPool
    {
        var width = (((windows - 1) * stride) + columns) * 16;
        using var input = new GuardedMemory(rows * width, atEnd: windows % 2 == 0);
        using var output = new GuardedMemory(windows * 16, atEnd: windows % 2 == 0);
        input.Fill(new Random(windows));
        input.Span[^1] = float.NaN;

        Run<TPool>(tier, input.Pointer, width, rows, columns, stride * 16, output.Pointer, windows);

        for (var index = 0; index < output.Count; index++)
        {
            var (window, lane) = (index / 16, index % 16);
            var cells =
                from y in Enumerable.Range(0, rows)
                from x in Enumerable.Range(window * stride, columns)
                select input.Span[(y * width) + (x * 16) + lane];
            var all = cells.ToArray();
            var wanted = all.Any(float.IsNaN) ? float.NaN : expected(all);
            Assert.True(
                float.IsNaN(wanted) ? float.IsNaN(output.Span[index]) : Math.Abs(wanted - output.Span[index]) < 1e-6f,
                $"{tier}, {typeof(TPool).Name}, {windows} windows: [{index}] is {output.Span[index]}, expected {wanted}.");
        }
    }

    private static void Run<TPool>(KernelTier tier, float* cells, nint rowStride, int rows, int columns, nint step, float* target, int windows)
        where TPool : struct, IPool
    {
        switch (tier)
        {
            case KernelTier.Vector512:
                PoolKernel.Run<Lanes512, TPool>(cells, rowStride, rows, columns, step, target, windows);
                break;
            case KernelTier.Vector256:
                PoolKernel.Run<Lanes256, TPool>(cells, rowStride, rows, columns, step, target, windows);
                break;
            default:
                PoolKernel.Run<LanesPortable, TPool>(cells, rowStride, rows, columns, step, target, windows);
                break;
        }
    }
}
