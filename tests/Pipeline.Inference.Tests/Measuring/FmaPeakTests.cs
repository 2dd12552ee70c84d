using Pipeline.Inference.Measuring;

namespace Pipeline.Inference.Tests.Measuring;

public sealed class FmaPeakTests
{
    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Chains_OfAnyWidth_AllConvergeToOne(int bits)
    {
        Assert.Equal(FmaChains.Count * bits / 32, FmaChains.Run(bits, 100));
    }

    [Fact]
    public void Chains_OfAWidthThatDoesNotExist_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FmaChains.Run(64, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Measure_SomeThreads_GivesARateAndTheWidestVectors(int threads)
    {
        var peak = FmaPeak.Measure(threads, TimeSpan.FromMilliseconds(5), TimeProvider.System);

        Assert.Equal(threads, peak.Threads);
        Assert.Equal(Processor.Current.VectorBits, peak.Bits);
        Assert.True(peak.MedianGigaflops > 0 && peak.BestGigaflops >= peak.MedianGigaflops, peak.ToString());
    }

    [Fact]
    public void Measure_NoThread_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FmaPeak.Measure(0, TimeSpan.Zero, TimeProvider.System));
    }
}
