using Pipeline.Benchmarks.Kernels;

namespace Pipeline.Benchmarks.Tests.Kernels;

public sealed class KernelBenchmarkTests
{
    [Fact]
    public void Run_EveryFamily_GivesFigures()
    {
        var cases = KernelCases.All.GroupBy(kernel => kernel.Family).Select(family => family.MinBy(kernel => kernel.Input.ElementCount)!).ToArray();
        Assert.Equal(Enum.GetValues<KernelFamily>().Order(), cases.Select(kernel => kernel.Family).Order());

        var figures = new KernelBenchmark(TimeSpan.FromMilliseconds(1), TimeProvider.System).Run(cases);

        Assert.True(figures.PeakGigaflops > 0);
        Assert.Equal(KernelLimits.LiveTier, figures.Tier);
        Assert.Equal(cases.Select(kernel => kernel.Name), figures.Kernels.Select(figure => figure.Name));
        Assert.All(figures.Kernels, figure =>
        {
            Assert.True(figure.Microseconds > 0, figure.Name);
            Assert.Equal(figure.Family != KernelFamily.Pooling, figure.ShareOfPeak > 0);
        });
    }

    [Fact]
    public void All_Names_AreUnique() => Assert.Equal(KernelCases.All.Length, KernelCases.All.DistinctBy(kernel => (kernel.Family, kernel.Name)).Count());

    [Fact]
    public void LeastShare_Depthwise_CountsWhereItFitsTheCache()
    {
        var figure = new KernelFigure(KernelFamily.Depthwise, "3x3 s1, 14² x 512", 1, 1, 0.4, 800);

        Assert.Equal(0.5, KernelLimits.LeastShare("256 bits", figure, 1024));
        Assert.Null(KernelLimits.LeastShare("256 bits", figure, 512));
        Assert.Null(KernelLimits.LeastShare("256 bits", figure, null));
        Assert.Null(KernelLimits.LeastShare("portable", figure, 1024));
        Assert.True(KernelReport.IsBelow("512 bits", figure, 1024));
        Assert.False(KernelReport.IsBelow("512 bits", figure with { ShareOfPeak = 0.5 }, 1024));
    }

    [Fact]
    public async Task RunAsync_EachTier_IsMeasuredInAProcessOfItsOwn()
    {
        var tiers = await TierProcesses.RunAsync(["kernels", "--here", "--time", "1", "--only", "Depthwise 3x3 s1, 7² x 960"]);

        Assert.Equal(KernelLimits.LiveTier, tiers[0].Tier);
        Assert.Equal("portable", tiers[^1].Tier);
        Assert.All(tiers, tier => Assert.Equal("3x3 s1, 7² x 960", Assert.Single(tier.Kernels).Name));
    }
}
