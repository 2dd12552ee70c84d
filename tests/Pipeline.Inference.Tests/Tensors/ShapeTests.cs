using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Tensors;

public sealed class ShapeTests
{
    [Fact]
    public void Default_IsScalar_HasOneElement()
    {
        Assert.Equal(0, default(Shape).Rank);
        Assert.Equal(1, default(Shape).ElementCount);
        Assert.Equal(Shape.Scalar, Shape.Of());
    }

    [Fact]
    public void Equals_SameDimensions_IsTrueAndHashesAlike()
    {
        Assert.Equal(Shape.Of(2, 3), Shape.Of(2, 3));
        Assert.Equal(Shape.Of(2, 3).GetHashCode(), Shape.Of(2, 3).GetHashCode());
        Assert.NotEqual(Shape.Of(2, 3), Shape.Of(3, 2));
        Assert.NotEqual(Shape.Of(6), Shape.Of(2, 3));
    }

    [Theory]
    [InlineData(new[] { 65536, 32768 })]
    [InlineData(new[] { int.MaxValue })]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue })]
    [InlineData(new[] { 1 << 16, 1 << 16, 1 << 16, 1 << 16 })]
    public void Of_MoreElementsThanAnArrayHolds_IsRefused(int[] dimensions)
    {
        var error = Assert.Throws<InvalidShapeException>(() => Shape.Of(dimensions));

        Assert.Contains(Shape.MaxElementCount.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ZeroAmongHugeDimensions_HasNoElements() =>
        Assert.Equal(0, Shape.Of(int.MaxValue, 0, int.MaxValue).ElementCount);

    [Fact]
    public void Of_NegativeDimension_IsRefusedEvenBesideZero()
    {
        Assert.Throws<InvalidShapeException>(() => Shape.Of(2, -1));
        Assert.Throws<InvalidShapeException>(() => Shape.Of(0, -1));
    }

    [Fact]
    public void Of_TooManyDimensions_IsRefused() =>
        Assert.Throws<InvalidShapeException>(() => Shape.Of(new int[Shape.MaxRank + 1]));

    [Theory]
    [InlineData(-1L)]
    [InlineData(1L + int.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void FromWide_DimensionOutOfRange_IsRefused(long dimension) =>
        Assert.Throws<InvalidShapeException>(() => Shape.FromWide([0, dimension]));

    [Fact]
    public void CountOf_Part_MultipliesIt()
    {
        Assert.Equal(12, Shape.Of(2, 3, 4).CountOf(1, 3));
        Assert.Equal(1, Shape.Of(2, 3, 4).CountOf(3, 3));
    }
}
