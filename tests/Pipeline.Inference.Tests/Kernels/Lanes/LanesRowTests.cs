using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Kernels.Lanes;

/// <summary>Rows of every length on every tier, in guarded memory, against naive loops in double.</summary>
public sealed unsafe class LanesRowTests
{
    [Fact]
    public void Run_EveryLength_EqualsTheNaiveLoop()
    {
        foreach (var tier in Tiers.All)
        {
            for (var length = 1; length <= 50; length++)
            {
                switch (tier)
                {
                    case KernelTier.Vector512:
                        Check<Lanes512>(length);
                        break;
                    case KernelTier.Vector256:
                        Check<Lanes256>(length);
                        break;
                    default:
                        Check<LanesPortable>(length);
                        break;
                }
            }
        }
    }

    private static void Check<TLanes>(int length)
        where TLanes : struct, ILanes<TLanes>
    {
        var blocks = (length + 15) / 16 * 16;
        using var row = new GuardedMemory(length, atEnd: length % 2 == 0);
        using var target = new GuardedMemory(length, atEnd: length % 2 == 0);
        using var scale = new GuardedMemory(blocks, atEnd: true);
        using var offset = new GuardedMemory(blocks, atEnd: true);
        row.Fill(new Random(length));
        scale.Fill(new Random(length + 100));
        offset.Fill(new Random(length + 200));
        var numbers = row.Span.ToArray().Select(number => (double)number).ToArray();

        Assert.Equal(numbers.Sum(), LanesRow.Sum<TLanes>(row.Pointer, length), 1e-5);
        Assert.Equal(numbers.Sum(x => (x - 0.25) * (x - 0.25)), LanesRow.SumOfSquares<TLanes>(row.Pointer, length, 0.25f), 1e-5);
        Assert.Equal(numbers.Max(), LanesRow.Largest<TLanes>(row.Pointer, length));

        Assert.Equal(numbers.Sum(x => Math.Exp(x - 0.5)), LanesRow.Exponentials<TLanes>(row.Pointer, target.Pointer, length, 0.5f), 1e-4);
        Assert.All(numbers.Zip(target.Span.ToArray()), pair => Assert.Equal(Math.Exp(pair.First - 0.5), pair.Second, 1e-6));

        LanesRow.Normalize<TLanes>(row.Pointer, target.Pointer, length, 0.125f, 3, scale.Pointer, offset.Pointer);
        for (var index = 0; index < length; index++)
        {
            Assert.Equal(((numbers[index] - 0.125) * 3 * scale.Span[index]) + offset.Span[index], target.Span[index], 1e-6);
        }

        for (var place = 0; place < length; place++)
        {
            var kept = row.Span[place];
            row.Span[place] = float.NaN;
            Assert.True(double.IsNaN(LanesRow.Sum<TLanes>(row.Pointer, length)));
            Assert.True(double.IsNaN(LanesRow.SumOfSquares<TLanes>(row.Pointer, length, 0)));
            Assert.True(float.IsNaN(LanesRow.Largest<TLanes>(row.Pointer, length)));
            Assert.True(double.IsNaN(LanesRow.Exponentials<TLanes>(row.Pointer, target.Pointer, length, 1)));
            row.Span[place] = kept;
        }
    }
}
