using Pipeline.Benchmarks.Engine;
using Pipeline.Benchmarks.Measuring;

namespace Pipeline.Benchmarks.Tests.Measuring;

public sealed class RoundTimesTests
{
    [Fact]
    public void Ratio_MachineSlowsDownForARound_StaysWhatItWas()
    {
        var times = new RoundTimes([Block(10), Block(30), Block(10)], [Block(20), Block(60), Block(20)]);

        Assert.Equal(0.5, times.Ratio);
        Assert.Equal(10, times.OurMilliseconds);
        Assert.Equal(20, times.PeerMilliseconds);
        Assert.Equal(9, times.OurLeastMilliseconds);
    }

    [Theory]
    [InlineData(3.0, 3.0)]
    [InlineData(2.0, 1.0, 3.0, 2.0)]
    [InlineData(2.5, 4.0, 1.0, 2.0, 3.0)]
    public void Median_OfValues_IsTheirMiddle(double median, params double[] values) => Assert.Equal(median, Median.Of(values));

    [Fact]
    public void GeometricMean_OfReciprocals_IsOne()
    {
        Assert.Equal(1, GeometricMean.Of([2, 0.5])!.Value, 12);
        Assert.Null(GeometricMean.Of([]));
    }

    private static BlockTime Block(double median) => new(median, median - 1, 5);
}
