using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Graphs;

public sealed class LayoutTests
{
    [Fact]
    public void Plain_Picture_StridesAreThoseOfNhwc() =>
        Assert.Equal(new Layout(LayoutKind.Plain, default, 0, 15, 0, 60), Layout.Plain(Shape.Of(2, 4, 5, 3)));

    [Fact]
    public void Blocked16_HaloAndRaggedChannels_RoundUpToWholeBlocks()
    {
        var layout = Layout.Blocked16(Shape.Of(1, 4, 5, 17), new Halo(1, 2, 3, 4), 7);

        Assert.Equal(11 * 16, layout.RowStride);
        Assert.Equal(8 * 11 * 16, layout.BlockStride);
        Assert.Equal(2 * 8 * 11 * 16, layout.PictureStride);
        Assert.Throws<ArgumentException>(() => Layout.Blocked16(Shape.Of(3), default, 0));
    }
}
