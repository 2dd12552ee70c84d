using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Kernels.Lanes;

/// <summary>Every edge on every tier, in guarded memory, against naive loops in double.</summary>
public sealed unsafe class LanesColumnsTests
{
    [Fact]
    public void Run_EveryEdge_EqualsTheNaiveLoop()
    {
        foreach (var tier in Tiers.All)
        {
            foreach (var rows in new[] { 1, 2, 15, 16, 17, 33, 100 })
            {
                for (var columns = 1; columns <= 40; columns++)
                {
                    Check<LanesReductions.Sum>(tier, rows, columns, numbers => numbers.Sum());
                    Check<LanesReductions.Maximum>(tier, rows, columns, numbers => numbers.Max());
                    Check<LanesReductions.Minimum>(tier, rows, columns, numbers => numbers.Min());
                }
            }
        }
    }

    private static void Check<TReduction>(KernelTier tier, int rows, int columns, Func<IEnumerable<double>, double> expected)
        where TReduction : struct, ILanesReduction
    {
        using var source = new GuardedMemory(rows * columns, atEnd: columns % 2 == 0);
        using var target = new GuardedMemory(columns, atEnd: columns % 2 == 0);
        source.Fill(new Random(rows + columns));
        var numbers = source.Span.ToArray();

        switch (tier)
        {
            case KernelTier.Vector512:
                LanesColumns.Run<Lanes512, TReduction>(source.Pointer, rows, columns, target.Pointer, 3);
                break;
            case KernelTier.Vector256:
                LanesColumns.Run<Lanes256, TReduction>(source.Pointer, rows, columns, target.Pointer, 3);
                break;
            default:
                LanesColumns.Run<LanesPortable, TReduction>(source.Pointer, rows, columns, target.Pointer, 3);
                break;
        }

        for (var column = 0; column < columns; column++)
        {
            var want = expected(Enumerable.Range(0, rows).Select(row => (double)numbers[(row * columns) + column])) / 3;
            Assert.True(Math.Abs(want - target.Span[column]) <= 1e-5, $"{typeof(TReduction).Name} on {tier} of {rows} x {columns}: {target.Span[column]}, expected {want}");
        }
    }
}
