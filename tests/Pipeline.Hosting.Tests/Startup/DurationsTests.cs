using Pipeline.Hosting.Startup;

namespace Pipeline.Hosting.Tests.Startup;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("250ms", 0.25)]
    [InlineData("1.5s", 1.5)]
    [InlineData("90", 90)]
    [InlineData("0", 0)]
    [InlineData("4min", 240)]
    [InlineData("4m", 240)]
    [InlineData("24H", 86_400)]
    [InlineData("7 d", 604_800)]
    [InlineData("00:01:30", 90)]
    [InlineData("1.00:00:00.5", 86_400.5)]
    [InlineData("-1s", -1)]
    public void TryParse_Duration_IsRead(string text, double seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("s")]
    [InlineData("soon")]
    [InlineData("1,5s")]
    [InlineData("1w")]
    [InlineData("NaN")]
    [InlineData("Infinitys")]
    [InlineData("99999999999999d")]
    [InlineData("1e3")]
    [InlineData("00:99:99")]
    public void TryParse_Other_IsFalse(string text) => Assert.False(Durations.TryParse(text, out _));
}
