using Pipeline.Cli.Benching;

namespace Pipeline.Cli.Tests.Benching;

public sealed class RunTimesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(50, 50)]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    public void Percentile_OfAHundredRuns_IsTheRunOfThatRank(int percent, double expected)
    {
        Assert.Equal(expected, new RunTimes(Enumerable.Range(1, 100).Reverse().Select(value => (double)value)).Percentile(percent));
    }

    [Fact]
    public void Percentile_OfFewRuns_IsARun()
    {
        var times = new RunTimes([3, 1, 2]);

        Assert.Equal(2, times.Median);
        Assert.Equal(3, times.Percentile(99));
        Assert.Equal(1, times.Least);
    }

    [Fact]
    public void Percentile_OutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunTimes([1]).Percentile(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunTimes([1]).Percentile(101));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunTimes([]));
    }
}
