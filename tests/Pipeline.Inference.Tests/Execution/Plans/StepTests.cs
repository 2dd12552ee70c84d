using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution.Plans;

/// <summary>Steps over layouts of every kind in guarded memory, in one share and in several, against naive loops.</summary>
public sealed class StepTests
{
    private static readonly Halo Uneven = new(1, 2, 3, 1);

    public static TheoryData<int, int, int, int> Pictures()
    {
        var data = new TheoryData<int, int, int, int>();
        foreach (var channels in new[] { 1, 3, 15, 16, 17, 32, 50 })
        {
            data.Add(1, 1, 1, channels);
            data.Add(2, 5, 7, channels);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void ToBlockedAndBack_AnyPicture_KeepsEveryElement(int n, int h, int w, int c)
    {
        foreach (var shares in new[] { 1, 3 })
        {
            using var run = new StepRun();
            var plain = run.Plain(n, h, w, c);
            var blocked = run.Blocked(Uneven, n, h, w, c);
            var back = run.Plain(n, h, w, c);
            run.Fill(plain, 1);
            run.Memory(blocked).Fill(float.NaN);

            run.Run(new HaloStep(blocked), shares);
            run.Run(new ToBlockedStep(plain, blocked), shares);
            run.Run(new ToPlainStep(blocked, back), shares);

            Assert.Equal(run.Elements(plain), run.Elements(blocked));
            Assert.Equal(run.Elements(plain), run.Elements(back));
            Assert.DoesNotContain(float.NaN, run.Memory(blocked).ToArray());
            Assert.Equal(run.Elements(plain).Sum(x => (double)x), run.Memory(blocked).ToArray().Sum(x => (double)x), 1e-9);
        }
    }

    [Fact]
    public void Border_AnySides_PutsZerosAround()
    {
        using var run = new StepRun();
        var plain = run.Plain(2, 3, 4, 3);
        var bordered = run.Plain(2, 3 + 1 + 2, 4 + 3 + 1, 3);
        run.Fill(plain, 1);
        run.Memory(bordered).Fill(float.NaN);

        run.Run(new BorderStep(plain, bordered, top: 1, left: 3), shares: 3);

        var (from, to) = (run.Elements(plain), run.Elements(bordered));
        for (var index = 0; index < to.Length; index++)
        {
            var (c, x, y, n) = (index % 3, (index / 3 % 8) - 3, (index / 24 % 6) - 1, index / 144);
            var inside = x is >= 0 and < 4 && y is >= 0 and < 3;
            Assert.Equal(inside ? from[(((((n * 3) + y) * 4) + x) * 3) + c] : 0, to[index]);
        }
    }

    [Theory]
    [InlineData(16, 32, 16)]
    [InlineData(3, 5, 16)]
    [InlineData(17, 16, 30)]
    [InlineData(1, 1, 1)]
    [InlineData(24, 24, 24)]
    public void Concat_AnyChannels_PutsThemInOrder(int first, int second, int third)
    {
        foreach (var shares in new[] { 1, 2 })
        {
            using var run = new StepRun();
            PlanValue[] inputs = [run.Blocked(Uneven, 2, 3, 4, first), run.Blocked(default, 2, 3, 4, second), run.Blocked(new Halo(0, 1, 0, 0), 2, 3, 4, third)];
            var output = run.Blocked(new Halo(1, 0, 1, 2), 2, 3, 4, first + second + third);
            for (var index = 0; index < 3; index++)
            {
                run.Fill(inputs[index], index);
            }

            run.Run(new ConcatStep("concat", inputs, output), shares);

            var expected = Enumerable.Range(0, 2 * 3 * 4).SelectMany(pixel => inputs.SelectMany(input => run.Elements(input).Skip(pixel * input.Shape[3]).Take(input.Shape[3])));
            Assert.Equal(expected, run.Elements(output));
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Pool_AnyPicture_EqualsTheNaiveLoop(int n, int h, int w, int c)
    {
        foreach (var tier in Tiers.All)
        {
            foreach (var (kernel, stride, padding) in new[] { (1, 1, Padding.Valid), (3, 2, Padding.Same), (2, 2, Padding.Same), (3, 1, Padding.Explicit(2, 1, 1, 2)) })
            {
                CheckPool(tier, n, h, w, c, new PictureWindow(new Extent2D(kernel, kernel), new Extent2D(stride, stride), new Extent2D(1, 1), padding), mean: false);
                CheckPool(tier, n, h, w, c, new PictureWindow(new Extent2D(kernel, kernel), new Extent2D(stride, stride), new Extent2D(1, 1), padding), mean: true);
            }
        }
    }

    [Fact]
    public void Pool_NaNAnywhereInAWindow_GivesNaN()
    {
        foreach (var tier in Tiers.All)
        {
            foreach (var mean in new[] { false, true })
            {
                for (var cell = 0; cell < 9; cell++)
                {
                    using var run = new StepRun();
                    var input = run.Blocked(default, 1, 3, 3, 4);
                    var output = run.Blocked(default, 1, 1, 1, 4);
                    run.Fill(input, 1);
                    run.Memory(input)[(cell * 16) + 2] = float.NaN;
                    var window = new PictureWindow(new Extent2D(3, 3), new Extent2D(1, 1), new Extent2D(1, 1), Padding.Valid);

                    run.Run(Pool(tier, window, mean, input, output));

                    Assert.Equal([false, false, true, false], run.Elements(output).Select(float.IsNaN));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void GlobalMean_AnyPicture_EqualsTheNaiveLoop(int n, int h, int w, int c)
    {
        foreach (var tier in Tiers.All)
        {
            using var run = new StepRun();
            var input = run.Blocked(Uneven, n, h, w, c);
            var output = run.Plain(n, c);
            run.Fill(input, 1);

            run.Run(ByTier<PlanStep>(tier, () => new GlobalMeanStep<Lanes512>("m", input, output), () => new GlobalMeanStep<Lanes256>("m", input, output), () => new GlobalMeanStep<LanesPortable>("m", input, output)), shares: 2);

            var (from, to) = (run.Elements(input), run.Elements(output));
            for (var index = 0; index < to.Length; index++)
            {
                var (picture, channel) = (index / c, index % c);
                Assert.Equal(Enumerable.Range(0, h * w).Average(pixel => (double)from[(((picture * h * w) + pixel) * c) + channel]), to[index], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 15)]
    [InlineData(5, 16)]
    [InlineData(2, 100)]
    public void RowMean_AnyRows_EqualsTheNaiveLoop(int rows, int width)
    {
        foreach (var tier in Tiers.All)
        {
            using var run = new StepRun();
            var input = run.Plain(rows, width);
            var output = run.Plain(rows, 1);
            run.Fill(input, 1);
            run.Memory(input)[^1] = float.NaN;

            run.Run(ByTier<PlanStep>(tier, () => new RowMeanStep<Lanes512>("m", input, output), () => new RowMeanStep<Lanes256>("m", input, output), () => new RowMeanStep<LanesPortable>("m", input, output)), shares: 2);

            var (from, to) = (run.Elements(input), run.Elements(output));
            for (var row = 0; row < rows - 1; row++)
            {
                Assert.Equal(from.Skip(row * width).Take(width).Average(x => (double)x), to[row], 1e-6);
            }

            Assert.True(float.IsNaN(to[^1]));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(2, 16)]
    [InlineData(4, 1001)]
    public void Softmax_AnyRows_EqualsTheNaiveLoop(int rows, int width)
    {
        foreach (var tier in Tiers.All)
        {
            using var run = new StepRun();
            var input = run.Plain(rows, width);
            var output = run.Plain(rows, width);
            run.Fill(input, 1);
            foreach (ref var value in run.Memory(input))
            {
                value *= 200;
            }

            run.Run(Softmax(tier, input, output), shares: 2);

            var (from, to) = (run.Elements(input), run.Elements(output));
            for (var row = 0; row < rows; row++)
            {
                var logits = from.Skip(row * width).Take(width).Select(x => (double)x).ToArray();
                var sum = logits.Sum(x => Math.Exp(x - logits.Max()));
                for (var column = 0; column < width; column++)
                {
                    Assert.Equal(Math.Exp(logits[column] - logits.Max()) / sum, to[(row * width) + column], 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Softmax_NaN_MakesItsRowNaNOnly()
    {
        foreach (var tier in Tiers.All)
        {
            using var run = new StepRun();
            var input = run.Plain(2, 20);
            var output = run.Plain(2, 20);
            run.Memory(input)[7] = float.NaN;

            run.Run(Softmax(tier, input, output));

            Assert.All(run.Elements(output)[..20], x => Assert.True(float.IsNaN(x)));
            Assert.All(run.Elements(output)[20..], x => Assert.Equal(0.05f, x, 1e-6f));
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Elementwise_AnyOperand_MeetsAsBroadcastingSays(int n, int h, int w, int c)
    {
        foreach (var shares in new[] { 1, 3 })
        {
            CheckBlocked(n, h, w, c, ElementwiseOperand.Same, (run, _) => run.Blocked(new Halo(0, 1, 1, 0), n, h, w, c), index => index, shares);
            CheckBlocked(n, h, w, c, ElementwiseOperand.Scalar, (run, _) => run.Plain(1), _ => 0, shares);
            CheckBlocked(n, h, w, c, ElementwiseOperand.Channels, (run, _) => run.Plain(c), index => index % c, shares);
            CheckBlocked(n, h, w, c, ElementwiseOperand.ChannelsOfPicture, (run, _) => run.Plain(n, 1, 1, c), index => (index / (h * w * c) * c) + (index % c), shares);
            CheckPlain(n, h, w, c, ElementwiseOperand.Same, run => run.Plain(n, h, w, c), index => index, shares);
            CheckPlain(n, h, w, c, ElementwiseOperand.Scalar, run => run.Plain(1), _ => 0, shares);
            CheckPlain(n, h, w, c, ElementwiseOperand.Channels, run => run.Plain(c), index => index % c, shares);
            CheckPlain(n, h, w, c, ElementwiseOperand.Rows, run => run.Plain(n, h, w, 1), index => index / c, shares);
        }
    }

    private static void CheckBlocked(
        int n, int h, int w, int c, ElementwiseOperand operand, Func<StepRun, int, PlanValue> second, Func<int, int> place, int shares)
    {
        using var run = new StepRun();
        CheckElementwise(run, run.Blocked(Uneven, n, h, w, c), second(run, 0), run.Blocked(new Halo(2, 0, 0, 1), n, h, w, c), operand, place, shares);
    }

    private static void CheckPlain(int n, int h, int w, int c, ElementwiseOperand operand, Func<StepRun, PlanValue> second, Func<int, int> place, int shares)
    {
        using var run = new StepRun();
        CheckElementwise(run, run.Plain(n, h, w, c), second(run), run.Plain(n, h, w, c), operand, place, shares);
    }

    private static void CheckElementwise(
        StepRun run, PlanValue first, PlanValue second, PlanValue output, ElementwiseOperand operand, Func<int, int> place, int shares)
    {
        run.Fill(first, 1);
        run.Fill(second, 2);
        foreach (var tier in Tiers.All)
        {
            run.Memory(output).Fill(float.NaN);
            run.Run(
                ByTier<PlanStep>(
                    tier,
                    () => new ElementwiseStep<Lanes512, LanesFunctions.Subtract>("s", first, second, operand, output),
                    () => new ElementwiseStep<Lanes256, LanesFunctions.Subtract>("s", first, second, operand, output),
                    () => new ElementwiseStep<LanesPortable, LanesFunctions.Subtract>("s", first, second, operand, output)),
                shares);
            var (a, b) = (run.Elements(first), run.Elements(second));
            Assert.Equal(a.Select((x, index) => x - b[place(index)]), run.Elements(output));
        }
    }

    private static void CheckPool(KernelTier tier, int n, int h, int w, int c, PictureWindow window, bool mean)
    {
        var operatorInputs = OperatorInputs.OfValues("pool", new Softmax(), []);
        var (rows, columns) = window.Count(operatorInputs, h, w);
        if (rows < 1 || columns < 1)
        {
            return;
        }

        using var run = new StepRun();
        var input = run.Blocked(Uneven, n, h, w, c);
        var output = run.Blocked(new Halo(0, 1, 0, 1), n, rows, columns, c);
        run.Fill(input, 1);

        run.Run(Pool(tier, window, mean, input, output), shares: 3);

        var (source, to) = (run.Elements(input), run.Elements(output));
        var (top, left) = window.Border(input.Shape, output.Shape);
        for (var index = 0; index < to.Length; index++)
        {
            var (channel, x, y, picture) = (index % c, index / c % columns, index / c / columns % rows, index / c / columns / rows);
            var cells =
                from py in Enumerable.Range((y * window.Strides.Height) - top, window.Kernel.Height)
                from px in Enumerable.Range((x * window.Strides.Width) - left, window.Kernel.Width)
                where py >= 0 && py < h && px >= 0 && px < w
                select source[(((((picture * h) + py) * w) + px) * c) + channel];
            Assert.Equal(mean ? cells.Average() : cells.Max(), to[index], 1e-6f);
        }
    }

    private static PlanStep Pool(KernelTier tier, PictureWindow window, bool mean, PlanValue input, PlanValue output) => ByTier<PlanStep>(
        tier,
        () => new PoolStep<Lanes512>("pool", window, mean, input, output),
        () => new PoolStep<Lanes256>("pool", window, mean, input, output),
        () => new PoolStep<LanesPortable>("pool", window, mean, input, output));

    private static PlanStep Softmax(KernelTier tier, PlanValue input, PlanValue output) => ByTier<PlanStep>(
        tier,
        () => new SoftmaxStep<Lanes512>("softmax", input, output),
        () => new SoftmaxStep<Lanes256>("softmax", input, output),
        () => new SoftmaxStep<LanesPortable>("softmax", input, output));

    private static T ByTier<T>(KernelTier tier, Func<T> wide, Func<T> narrow, Func<T> portable) => tier switch
    {
        KernelTier.Vector512 => wide(),
        KernelTier.Vector256 => narrow(),
        _ => portable(),
    };
}
