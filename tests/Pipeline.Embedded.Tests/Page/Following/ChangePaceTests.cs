using Pipeline.Embedded.Page.Following;

namespace Pipeline.Embedded.Tests.Page.Following;

public sealed class ChangePaceTests
{
    private readonly ChangePace _pace = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3), Restraint: 2);

    [Theory]
    [InlineData(1, true, 100)]
    [InlineData(50, true, 100)]
    [InlineData(200, true, 400)]
    [InlineData(200, false, 3000)]
    [InlineData(2000, false, 4000)]
    public void After_ALook_IsTheLongerTheLongerTheLookTook(int look, bool isWatched, int pause) =>
        Assert.Equal(pause, _pace.After(TimeSpan.FromMilliseconds(look), isWatched).TotalMilliseconds);

    [Fact]
    public void AfterFailures_Count_DoublesUpToItsLongest() =>
        Assert.Equal([250, 500, 1000, 2000, 4000, 4000, 4000], ((int[])[1, 2, 3, 4, 5, 6, int.MaxValue]).Select(count => ChangePace.AfterFailures(count).TotalMilliseconds));
}
