using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Kernels.Products;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Kernels.Products;

/// <summary>Every tile edge in guarded memory, against a naive loop in double.</summary>
public sealed unsafe class ProductRunnerTests
{
    // Sums of at most 40 products of numbers below 1: any order of additions in float lies within this.
    private const float Tolerance = 1e-5f;

    [Fact]
    public void Run_EveryTileEdge_EqualsTheNaiveLoop()
    {
        foreach (var tier in Tiers.All)
        {
            foreach (var depth in new[] { 1, 2, 3, 17 })
            {
                for (var rows = 1; rows <= 16; rows++)
                {
                    foreach (var columns in new[] { 1, 2, 15, 16, 17, 31, 32, 33, 48, 64, 65, 100 })
                    {
                        Check(tier, rows, depth, columns, isTransposed: (rows + columns) % 2 == 0, finish: Finish.None, atEnd: columns % 3 == 0);
                    }
                }
            }
        }
    }

    [Fact]
    public void Run_EveryFinish_EqualsTheNaiveLoop()
    {
        foreach (var tier in Tiers.All)
        {
            foreach (var finish in Enum.GetValues<Finish>())
            {
                foreach (var rows in new[] { 1, 3, 8 })
                {
                    for (var columns = 1; columns <= 50; columns++)
                    {
                        Check(tier, rows, 5, columns, isTransposed: false, finish, atEnd: columns % 2 == 0);
                    }
                }
            }
        }
    }

    /// <summary>The right matrix is walked over in parts that stay in the cache.</summary>
    [Fact]
    public void Run_MoreWeightsThanTheCacheHolds_EqualsTheNaiveLoop()
    {
        foreach (var tier in Tiers.All)
        {
            Check(tier, 3, 1500, 200, isTransposed: false, Finish.All, atEnd: true, 2e-4f);
            Check(tier, 1, 70_000, 70, isTransposed: false, Finish.None, atEnd: true, 5e-3f);
        }
    }

    [Fact]
    public void Run_NaN_GoesIntoItsRowOrColumn()
    {
        foreach (var tier in Tiers.All)
        {
            using var left = new GuardedMemory(9 * 4, atEnd: true);
            using var panels = new GuardedMemory(2 * 4 * 16, atEnd: true);
            using var bias = new GuardedMemory(32, atEnd: true);
            using var output = new GuardedMemory(9 * 20, atEnd: true);
            left.Span.Fill(1);
            panels.Span.Fill(1);
            left.Span[(7 * 4) + 2] = float.NaN;
            panels.Span[64 + 16 + 3] = float.NaN;
            var call = new ProductCall { RowStride = 4, DepthStride = 1, Depth = 4, PanelStride = 64, OutputRowStride = 20 };
            var finish = new ProductFinish { Low = 0, High = 6, Row = Row<LanesFunctions.Clamp>(tier) };

            ProductRunner.Run(ProductTiles.Select(tier), in call, in finish, left.Pointer, panels.Pointer, bias.Pointer, output.Pointer, 9, 20);

            for (var index = 0; index < 9 * 20; index++)
            {
                Assert.Equal(index / 20 == 7 || index % 20 == 19 ? float.NaN : 4, output.Span[index]);
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 16)]
    [InlineData(5, 7)]
    [InlineData(33, 16)]
    public void Pack_AnyPlaces_PutsEachElementInItsLane(int depth, int columns)
    {
        foreach (var (depthStep, columnStep) in new[] { (columns, 1), (1, depth), (2 * columns, 2), (0, 1), (1, 0) })
        {
            using var source = new GuardedMemory(((depth - 1) * depthStep) + ((columns - 1) * columnStep) + 1, atEnd: true);
            using var panel = new GuardedMemory(depth * 16, atEnd: true);
            source.Fill(new Random(depth + columns));
            panel.Span.Fill(float.NaN);

            PanelPacking.Run(source.Pointer, Places(depth, depthStep), Places(columns, columnStep), panel.Pointer);

            for (var index = 0; index < depth * 16; index++)
            {
                var (k, column) = (index / 16, index % 16);
                Assert.Equal(column < columns ? source.Span[(k * depthStep) + (column * columnStep)] : 0, panel.Span[index]);
            }
        }
    }

    private static nint[] Places(int count, int step) => [.. Enumerable.Range(0, count).Select(index => (nint)(index * step))];

    private static void Check(KernelTier tier, int rows, int depth, int columns, bool isTransposed, Finish finish, bool atEnd, float tolerance = Tolerance)
    {
        const int Gap = 3;
        var panels = (columns + 15) / 16;
        using var left = new GuardedMemory(rows * depth, atEnd);
        using var right = new GuardedMemory(panels * depth * 16, atEnd);
        using var bias = new GuardedMemory(panels * 16, atEnd);
        using var scale = new GuardedMemory(panels * 16, atEnd);
        using var residual = new GuardedMemory(((rows - 1) * (columns + Gap)) + columns, atEnd);
        using var output = new GuardedMemory(residual.Count, atEnd);
        var random = new Random((rows * 7919) + (depth * 31) + columns);
        foreach (var memory in new[] { left, right, bias, scale, residual })
        {
            memory.Fill(random);
        }

        output.Span.Fill(99);
        var call = new ProductCall
        {
            RowStride = isTransposed ? 1 : depth,
            DepthStride = isTransposed ? rows : 1,
            Depth = depth,
            PanelStride = depth * 16,
            OutputRowStride = columns + Gap,
        };
        var finishing = new ProductFinish
        {
            Scale = finish is Finish.Scale or Finish.All ? scale.Pointer : null,
            HasResidual = finish is Finish.Residual or Finish.All,
            ResidualOffset = (nint)(residual.Pointer - output.Pointer),
            Low = finish is Finish.Clamp or Finish.All ? -0.5f : float.NegativeInfinity,
            High = finish is Finish.Clamp or Finish.All ? 0.5f : float.PositiveInfinity,
            Row = finish switch
            {
                Finish.None => null,
                Finish.Function => Row<LanesFunctions.Square>(tier),
                _ => Row<LanesFunctions.Clamp>(tier),
            },
        };

        ProductRunner.Run(ProductTiles.Select(tier), in call, in finishing, left.Pointer, right.Pointer, bias.Pointer, output.Pointer, rows, columns);

        for (var index = 0; index < output.Count; index++)
        {
            var (row, column) = (index / (columns + Gap), index % (columns + Gap));
            if (column >= columns)
            {
                Assert.Equal(99, output.Span[index]);
                continue;
            }

            double sum = bias.Span[column];
            for (var k = 0; k < depth; k++)
            {
                sum += (double)left.Span[isTransposed ? (k * rows) + row : (row * depth) + k] * right.Span[(((column / 16 * depth) + k) * 16) + (column % 16)];
            }

            sum = finishing.Scale is null ? sum : sum * scale.Span[column];
            sum = finishing.HasResidual ? sum + residual.Span[index] : sum;
            sum = finish == Finish.Function ? sum * sum : Math.Clamp(sum, finishing.Low, finishing.High);
            Assert.True(
                Math.Abs(sum - output.Span[index]) <= tolerance, $"{tier}, {rows} x {depth} x {columns}, {finish}: [{row}, {column}] is {output.Span[index]}, expected {sum}");
        }
    }

    private static delegate*<ref readonly ProductFinish, float*, float*, int, void> Row<TFunction>(KernelTier tier)
        where TFunction : struct, ILanesFunction => tier switch
        {
            KernelTier.Vector512 => &ProductFinishing.Run<Lanes512, TFunction>,
            KernelTier.Vector256 => &ProductFinishing.Run<Lanes256, TFunction>,
            _ => &ProductFinishing.Run<LanesPortable, TFunction>,
        };

    public enum Finish
    {
        None,
        Scale,
        Residual,
        Clamp,
        Function,
        All,
    }
}
