namespace Pipeline.Worker.Tests;

public sealed class ShortDurationsTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.25, "250ms")]
    [InlineData(1, "1s")]
    [InlineData(90, "90s")]
    [InlineData(120, "2min")]
    [InlineData(7200, "2h")]
    [InlineData(86_400, "1d")]
    [InlineData(0.0000001, "0.0001ms")]
    [InlineData(-60, "-1min")]
    public void ToShortText_Duration_IsInItsLargestWholeUnit(double seconds, string text) => Assert.Equal(text, TimeSpan.FromSeconds(seconds).ToShortText());
}
