using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Tensors;

public sealed class QuantizationTests
{
    [Fact]
    public void Equals_SameNumbers_IsTrue()
    {
        Assert.Equal(new Quantization([0.5f], [3], 0), new Quantization([0.5f], [3], 7));
        Assert.Equal(new Quantization([0.5f, 1f], [3, 4], 1), new Quantization([0.5f, 1f], [3, 4], 1));
        Assert.NotEqual(new Quantization([0.5f, 1f], [3, 4], 1), new Quantization([0.5f, 1f], [3, 4], 2));
        Assert.NotEqual(new Quantization([0.5f], [3], 0), new Quantization([0.5f], [4], 0));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Constructor_ScaleThatMeansNothing_IsRefused(float scale) =>
        Assert.Throws<ArgumentException>(() => new Quantization([scale], [0], 0));

    [Fact]
    public void Constructor_ListsOfDifferentLength_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new Quantization([1f, 2f], [0], 0));
}
