using Pipeline.Firebase.Identity;

namespace Pipeline.Firebase.Tests.Identity;

public sealed class EmulatorTokensTests
{
    [Fact]
    public async Task Get_IsTheOwner() =>
        Assert.Equal("owner", await new EmulatorTokens().GetAsync(null, TestContext.Current.CancellationToken));
}
