using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Tensors;

public sealed class PartialShapeTests
{
    [Fact]
    public void Default_IsUnknownRank_AdmitsEverything()
    {
        Assert.False(default(PartialShape).HasRank);
        Assert.True(PartialShape.Unknown.Admits(Shape.Of(1, 2)));
        Assert.NotEqual(PartialShape.Unknown, PartialShape.Of());
        Assert.Throws<InvalidOperationException>(() => PartialShape.Unknown.Rank);
    }

    [Fact]
    public void Admits_UnknownDimension_TakesAnySize()
    {
        var shape = PartialShape.Of(-1, 3);

        Assert.True(shape.Admits(Shape.Of(7, 3)));
        Assert.False(shape.Admits(Shape.Of(7, 4)));
        Assert.False(shape.Admits(Shape.Of(7)));
    }

    [Fact]
    public void TryGetShape_AllKnown_GivesIt()
    {
        Assert.True(PartialShape.Of(2, 3).TryGetShape(out var shape));
        Assert.Equal(Shape.Of(2, 3), shape);
        Assert.False(PartialShape.Of(2, -1).TryGetShape(out _));
        Assert.Throws<InvalidOperationException>(() => PartialShape.Of(2, -1).ToShape());
    }

    [Fact]
    public void Of_BelowMinusOne_IsRefused() => Assert.Throws<InvalidShapeException>(() => PartialShape.Of(-2));

    [Fact]
    public void ToString_Unknowns_ReadAsQuestionMarks()
    {
        Assert.Equal("[?, 224, 3]", PartialShape.Of(-1, 224, 3).ToString());
        Assert.Equal("[...]", PartialShape.Unknown.ToString());
    }
}
