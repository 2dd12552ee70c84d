using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution.Plans;

/// <summary>Convolutions divided by rows, by pieces of rows and by weights, in guarded memory: every share writes its own outputs, with the bits of the whole.</summary>
public sealed class ConvolutionSharesTests
{
    private static readonly Halo One = new(1, 1, 1, 1);

    [Theory]
    [InlineData(1, 1, 1, 5, 30, 1)]
    [InlineData(1, 7, 7, 160, 300, 10)]
    [InlineData(3, 9, 11, 20, 40, 24)]
    [InlineData(1, 35, 35, 17, 16, 88)]
    [InlineData(2, 1, 40, 3, 16, 6)]
    public void Run_FlatPictures_GivesTheSameBitsInAnyShares(int n, int h, int w, int channels, int outputs, int leastUnits)
    {
        using var run = new StepRun();
        var input = run.Blocked(default, n, h, w, channels);
        var output = run.Blocked(default, n, h, w, outputs);
        var window = new PictureWindow(new Extent2D(1, 1), new Extent2D(1, 1), new Extent2D(1, 1), Padding.Valid);

        Check(run, input, output, ConvolutionSizing.OfBlocks(input, output, window, ValueRange.Relu), leastUnits);
    }

    [Theory]
    [InlineData(1, 5, 9, 16, 20, 5)]
    [InlineData(2, 3, 4, 200, 290, 5)]
    [InlineData(1, 2, 600, 16, 500, 4)]
    [InlineData(1, 1, 31, 16, 16, 2)]
    public void Run_Windows_GiveTheSameBitsInAnyShares(int n, int h, int w, int channels, int outputs, int leastUnits)
    {
        using var run = new StepRun();
        var input = run.Blocked(One, n, h, w, channels);
        var output = run.Blocked(new Halo(0, 1, 2, 0), n, h, w, outputs);
        var window = new PictureWindow(new Extent2D(3, 3), new Extent2D(1, 1), new Extent2D(1, 1), Padding.Explicit(1, 1, 1, 1));

        Check(run, input, output, ConvolutionSizing.OfBlocks(input, output, window, ValueRange.Relu), leastUnits);
    }

    [Theory]
    [InlineData(1, 9, 30, 3)]
    [InlineData(2, 4, 7, 50)]
    public void Run_Depthwise_GivesTheSameBitsInAnyShares(int n, int h, int w, int channels)
    {
        using var run = new StepRun();
        var input = run.Blocked(One, n, h, w, channels);
        var output = run.Blocked(new Halo(0, 1, 2, 0), n, h, w, channels);
        var window = new PictureWindow(new Extent2D(3, 3), new Extent2D(1, 1), new Extent2D(1, 1), Padding.Explicit(1, 1, 1, 1));
        var sizes = ConvolutionSizing.OfChannels(input, output, window, ValueRange.Relu6);
        var step = new DepthwiseStep("depthwise", sizes, Weights(1, 9 * 16 * input.Blocks), Weights(2, 16 * input.Blocks), input, output);

        Check(run, input, output, step, n * h * input.Blocks);
    }

    private static void Check(StepRun run, PlanValue input, PlanValue output, ConvolutionSizes sizes, int leastUnits)
    {
        var weights = Weights(1, (int)sizes.Call.PanelStride * sizes.Panels);
        Check(run, input, output, new ConvolutionStep("conv", sizes, weights, Weights(2, 16 * sizes.Panels), input, output, null), leastUnits);
    }

    private static void Check(StepRun run, PlanValue input, PlanValue output, PlanStep step, int leastUnits)
    {
        run.Fill(input, 1);
        run.Fill(output, 2);
        run.Run(step);
        var expected = run.Elements(output);
        Assert.True(step.Units >= leastUnits, $"{step.Units} units");
        foreach (var shares in (int[])[2, 3, 5, step.Units - 1, step.Units])
        {
            if (shares < 1 || shares > step.Units)
            {
                continue;
            }

            run.Fill(output, 2);
            run.Run(step, shares);

            Assert.Equal(expected, run.Elements(output));
        }
    }

    private static PackedWeights Weights(int seed, int length)
    {
        var random = new Random(seed);
        var weights = new PackedWeights(length);
        foreach (ref var weight in weights.Span)
        {
            weight = (random.NextSingle() * 2) - 1;
        }

        return weights;
    }
}
