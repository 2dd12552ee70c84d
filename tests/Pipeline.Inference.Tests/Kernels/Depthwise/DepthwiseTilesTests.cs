using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Convolution;
using Pipeline.Inference.Kernels.Depthwise;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Kernels.Depthwise;

/// <summary>Every tile edge in guarded memory, against a naive loop in double.</summary>
public sealed unsafe class DepthwiseTilesTests
{
    // Sums of at most 49 products of numbers below 1.
    private const float Tolerance = 5e-6f;

    public static TheoryData<int, int, int> Windows()
    {
        var data = new TheoryData<int, int, int>();
        foreach (var window in new[] { 1, 3, 5, 7 })
        {
            foreach (var stride in new[] { 1, 2, 3 })
            {
                data.Add(window, stride, 1);
            }
        }

        data.Add(3, 1, 2);
        return data;
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void RunRow_AnyWidth_EqualsTheNaiveLoop(int window, int stride, int dilation)
    {
        foreach (var tier in Tiers.All)
        {
            for (var width = 1; width <= 30; width++)
            {
                Check<ClampEpilogue>(sum => Math.Clamp(sum, -1, 1), tier, width, window, stride, dilation, atEnd: false);
                Check<ClampEpilogue>(sum => Math.Clamp(sum, -1, 1), tier, width, window, stride, dilation, atEnd: true);
                Check<HardSwishEpilogue>(HardSwish, tier, width, window, stride, dilation, atEnd: true);
            }
        }
    }

    [Fact]
    public void RunRow_NaN_StaysInItsLaneAndWindow()
    {
        CheckNaN<ClampEpilogue>();
        CheckNaN<HardSwishEpilogue>();
    }

    private static double HardSwish(double sum) => UnaryRules.ForFloat<double>(UnaryFunction.HardSwish)(sum);

    private static void CheckNaN<TEpilogue>()
        where TEpilogue : struct, IEpilogue
    {
        var offsets = stackalloc nint[] { 0, 16, 32 };
        foreach (var tier in Tiers.All)
        {
            using var input = new GuardedMemory(18 * 16, atEnd: true);
            using var weights = new GuardedMemory(3 * 16, atEnd: true);
            using var bias = new GuardedMemory(16, atEnd: true);
            using var output = new GuardedMemory(16 * 16, atEnd: true);
            weights.Span.Fill(1);
            input.Span[(5 * 16) + 2] = float.NaN;
            var call = new ConvolutionCall { TapOffsets = offsets, Taps = 3, PixelStride = 16, Low = 0, High = 6 };

            DepthwiseTiles.Select<TEpilogue>(tier, 16, isWide3: true).RunRow(16, 16, in call, input.Pointer, weights.Pointer, bias.Pointer, output.Pointer);

            for (var index = 0; index < output.Count; index++)
            {
                var touched = index % 16 == 2 && index / 16 is >= 3 and <= 5;
                Assert.Equal(touched, float.IsNaN(output.Span[index]));
            }
        }
    }

    private static void Check<TEpilogue>(Func<double, double> follows, KernelTier tier, int width, int window, int stride, int dilation, bool atEnd)
        where TEpilogue : struct, IEpilogue
    {
        var taps = window * window;
        var rowStride = (((width - 1) * stride) + ((window - 1) * dilation) + 1) * 16;
        var random = new Random((width * 31) + window);
        using var input = new GuardedMemory((((window - 1) * dilation) + 1) * rowStride, atEnd);
        using var weights = new GuardedMemory(taps * 16, atEnd);
        using var bias = new GuardedMemory(16, atEnd);
        using var output = new GuardedMemory(width * 16, atEnd);
        foreach (var memory in new[] { input, weights, bias })
        {
            memory.Fill(random);
        }

        var offsets = stackalloc nint[taps];
        for (var tap = 0; tap < taps; tap++)
        {
            offsets[tap] = (tap / window * dilation * rowStride) + (tap % window * dilation * 16);
        }

        var call = new ConvolutionCall { TapOffsets = offsets, Taps = taps, PixelStride = stride * 16, Low = -1, High = 1 };
        DepthwiseTiles.Select<TEpilogue>(tier, stride * 16, window == 3 && dilation == 1).RunRow(width, stride * 16, in call, input.Pointer, weights.Pointer, bias.Pointer, output.Pointer);

        for (var index = 0; index < output.Count; index++)
        {
            var (x, lane) = (index / 16, index % 16);
            double sum = bias.Span[lane];
            for (var tap = 0; tap < taps; tap++)
            {
                sum += (double)input.Span[(int)offsets[tap] + (x * stride * 16) + lane] * weights.Span[(tap * 16) + lane];
            }

            var expected = follows(sum);
            Assert.True(
                Math.Abs(expected - output.Span[index]) <= Tolerance * (1 + Math.Abs(expected)),
                $"{tier}, width {width}, window {window}, stride {stride}, dilation {dilation}: [{index}] is {output.Span[index]}, expected {expected}.");
        }
    }
}
