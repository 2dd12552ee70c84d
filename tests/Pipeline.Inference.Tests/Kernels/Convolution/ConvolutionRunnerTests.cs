using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Convolution;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Kernels.Convolution;

/// <summary>Every tile edge in guarded memory, against a naive loop in double.</summary>
public sealed unsafe class ConvolutionRunnerTests
{
    // Sums of at most 9 · 33 products of numbers below 1: any order of additions in float lies within this.
    private const float Tolerance = 2e-5f;

    public static TheoryData<int, int, int, int> Pointwise()
    {
        var data = new TheoryData<int, int, int, int>();
        foreach (var pixels in Enumerable.Range(1, 30))
        {
            foreach (var (channels, outputs) in new[] { (1, 16), (15, 32), (16, 48), (17, 64), (33, 16) })
            {
                data.Add(pixels, channels, outputs, 16);
            }
        }

        foreach (var stride in new[] { 32, 48, 3 })
        {
            data.Add(15, 3, 48, stride);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pointwise))]
    public void Run_PointwiseOfAnySize_EqualsTheNaiveLoop(int pixels, int channels, int outputs, int pixelStride)
    {
        foreach (var tier in Tiers.All)
        {
            foreach (var atEnd in new[] { false, true })
            {
                Check<ClampEpilogue>(Clamp, tier, pixels, channels, outputs, pixelStride, window: 1, residual: false, atEnd);
                Check<ClampEpilogue>(Clamp, tier, pixels, channels, outputs, pixelStride, window: 1, residual: true, atEnd);
                Check<HardSwishEpilogue>(HardSwish, tier, pixels, channels, outputs, pixelStride, window: 1, residual: true, atEnd);
            }
        }
    }

    [Theory]
    [InlineData(1, 16, 16)]
    [InlineData(5, 17, 32)]
    [InlineData(14, 33, 48)]
    [InlineData(23, 3, 64)]
    public void Run_Window3x3_EqualsTheNaiveLoop(int pixels, int channels, int outputs)
    {
        foreach (var tier in Tiers.All)
        {
            Check<ClampEpilogue>(Clamp, tier, pixels, channels, outputs, 16, window: 3, residual: true, atEnd: true);
            Check<HardSwishEpilogue>(HardSwish, tier, pixels, channels, outputs, 16, window: 3, residual: false, atEnd: false);
        }
    }

    [Theory]
    [InlineData(UnaryFunction.HardSwish)]
    [InlineData(UnaryFunction.Swish)]
    [InlineData(UnaryFunction.Sigmoid)]
    public void Run_FunctionBehindTheEpilogue_IsAppliedOnce(UnaryFunction function)
    {
        var rule = UnaryRules.ForFloat<double>(function);
        foreach (var tier in Tiers.All)
        {
            foreach (var pixels in Enumerable.Range(1, 20))
            {
                Check<ClampEpilogue>(sum => rule(Clamp(sum)), tier, pixels, 17, 48, 16, window: 1, residual: true, atEnd: true, RowFunction.Create(tier, function));
            }
        }
    }

    private static double Clamp(double sum) => Math.Clamp(sum, -0.75, 0.75);

    private static double HardSwish(double sum) => UnaryRules.ForFloat<double>(UnaryFunction.HardSwish)(sum);

    private static void Check<TEpilogue>(
        Func<double, double> follows, KernelTier tier, int width, int channels, int outputs, int pixelStride, int window, bool residual, bool atEnd,
        RowFunction? finish = null)
        where TEpilogue : struct, IEpilogue
    {
        const int Rows = 2;
        var blockChannels = pixelStride % 16 == 0 ? 16 : channels;
        var blocks = (channels + blockChannels - 1) / blockChannels;
        var rowStride = ((width - 1) * pixelStride) + ((window - 1) * pixelStride) + blockChannels;
        var blockStride = (Rows + window - 1) * rowStride;
        var lastBlock = channels - ((blocks - 1) * blockChannels);
        var panels = outputs / 16;
        var taps = window * window;
        var random = new Random((width * 7919) + (channels * 31) + outputs);

        using var input = new GuardedMemory((blocks * blockStride) - blockChannels + lastBlock, atEnd);
        using var weights = new GuardedMemory(panels * taps * channels * 16, atEnd);
        using var bias = new GuardedMemory(outputs, atEnd);
        using var output = new GuardedMemory(panels * Rows * width * 16, atEnd);
        using var added = new GuardedMemory(panels * Rows * width * 16, atEnd);
        foreach (var memory in new[] { input, weights, bias, added })
        {
            foreach (ref var value in memory.Span)
            {
                value = (random.NextSingle() * 2) - 1;
            }
        }

        var offsets = stackalloc nint[taps];
        for (var tap = 0; tap < taps; tap++)
        {
            offsets[tap] = (tap / window * rowStride) + (tap % window * pixelStride);
        }

        var call = new ConvolutionCall
        {
            TapOffsets = offsets,
            Taps = taps,
            PixelStride = pixelStride,
            Channels = channels,
            BlockChannels = blockChannels,
            InputBlockStride = blockStride,
            PanelStride = taps * channels * 16,
            OutputBlockStride = Rows * width * 16,
            HasResidual = residual,
            ResidualOffset = (nint)(added.Pointer - output.Pointer),
            Low = -0.75f,
            High = 0.75f,
        };
        var runner = ConvolutionRunner.Create<TEpilogue>(tier, new ConvolutionGeometry(Rows, width, rowStride, pixelStride, width * 16), finish);
        runner.Run(in call, input.Pointer, weights.Pointer, bias.Pointer, output.Pointer, new ConvolutionPart(0, 1, 0, width, 0, panels));
        var pixel = width / 3;
        foreach (var part in (ConvolutionPart[])[new(1, 1, 0, pixel, 0, panels), new(1, 1, pixel, width - pixel, 0, panels / 2), new(1, 1, pixel, width - pixel, panels / 2, panels - (panels / 2))])
        {
            runner.Run(in call, input.Pointer, weights.Pointer, bias.Pointer, output.Pointer, in part);
        }

        for (var index = 0; index < output.Count; index++)
        {
            var (panel, row, x, lane) = (index / (Rows * width * 16), index / (width * 16) % Rows, index / 16 % width, index % 16);
            double sum = bias.Span[(panel * 16) + lane];
            for (var tap = 0; tap < taps; tap++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    var at = (row * rowStride) + (x * pixelStride) + (int)offsets[tap] + (channel / blockChannels * blockStride) + (channel % blockChannels);
                    sum += (double)input.Span[at] * weights.Span[(((panel * taps) + tap) * channels * 16) + (channel * 16) + lane];
                }
            }

            sum += residual ? added.Span[index] : 0;
            var expected = follows(sum);
            Assert.True(
                Math.Abs(expected - output.Span[index]) <= Tolerance * (1 + Math.Abs(expected)),
                $"{tier}, {width} x {channels} -> {outputs}: [{index}] is {output.Span[index]}, expected {expected}.");
        }
    }
}
