using Pipeline.Benchmarks.Stores;

namespace Pipeline.Benchmarks.Tests.Stores;

public sealed class StoreResultTests
{
    [Fact]
    public void AddedMilliseconds_MachineSlowsDown_IsTheDifferenceOfTheSameRounds()
    {
        var embedded = new StoreResult("embedded", [10, 50, 12]);
        var remote = new StoreResult("remote", [14, 55, 16]);

        Assert.Equal(4, remote.AddedMilliseconds(embedded));
        Assert.Equal(16, remote.MedianMilliseconds);
        Assert.Equal(14, remote.LeastMilliseconds);
    }
}
