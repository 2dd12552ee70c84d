using Pipeline.Cli.ModelFiles;
using Pipeline.Inference.Tensors;

namespace Pipeline.Cli.Tests.ModelFiles;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(null, "?")]
    [InlineData(0L, "0")]
    [InlineData(9_999L, "9999")]
    [InlineData(10_000L, "10.0 k")]
    [InlineData(385_187_552L, "385.19 M")]
    [InlineData(4_100_000_000L, "4.10 G")]
    public void Count_OfAnySize_IsShort(long? value, string text) => Assert.Equal(text, Figures.Count(value));

    [Fact]
    public void Dimensions_UnknownOnes_AreNull()
    {
        Assert.Equal([null, 3], Figures.Dimensions(PartialShape.Of(-1, 3)));
        Assert.Null(Figures.Dimensions(PartialShape.Unknown));
    }

    [Fact]
    public void Mebibytes_OfBytes_IsRounded()
    {
        Assert.Equal("1.5 MiB", Figures.Mebibytes(3 << 19));
        Assert.Equal("? MiB", Figures.Mebibytes(null));
    }
}
