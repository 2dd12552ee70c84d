using Pipeline.Models.SavedModel.Bundles;

namespace Pipeline.Models.Tests.SavedModel.Bundles;

public sealed class BundleSliceTests
{
    [Fact]
    public void Key_SmallNumbers_IsTheOrderedCode()
    {
        var slice = BundleSlice.TryCreate([8, 3], [(2, 4), (0, null)])!;

        // 0; "ab" and its end; rank 2 in one byte; 2, 4, 0, -1 in one byte each, sign bit inverted.
        Assert.Equal([0, (byte)'a', (byte)'b', 0, 1, 1, 2, 0x82, 0x84, 0x80, 0x7F], slice.Key("ab"));
    }

    [Fact]
    public void Key_LargerNumbers_TakesMoreBytes()
    {
        var slice = BundleSlice.TryCreate([100_000], [(64, 8192)])!;

        Assert.Equal([0, 0, 1, 1, 1, 0xC0, 0x40, 0xE0, 0x20, 0x00], slice.Key(string.Empty));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, -1)]
    [InlineData(3, 2)]
    [InlineData(1, long.MaxValue)]
    public void TryCreate_OutsideTheShape_IsNull(long start, long length) => Assert.Null(BundleSlice.TryCreate([4], [(start, length)]));

    [Fact]
    public void TryCreate_OtherRank_IsNull() => Assert.Null(BundleSlice.TryCreate([4], [(0, 1), (0, 1)]));

    [Fact]
    public void Tile_HalvesOfAMatrix_IsTrue() => Assert.True(BundleSlice.Tile(BundleSlice.Whole([4, 3]), [Rows(0, 2), Rows(2, 2)]));

    [Fact]
    public void Tile_WithAGap_IsFalse() => Assert.False(BundleSlice.Tile(BundleSlice.Whole([4, 3]), [Rows(0, 2), Rows(3, 1)]));

    [Fact]
    public void Tile_OverlapThatHidesAGap_IsFalse() => Assert.False(BundleSlice.Tile(BundleSlice.Whole([4, 3]), [Rows(0, 2), Rows(1, 2)]));

    private static BundleSlice Rows(long start, long count) => BundleSlice.TryCreate([4, 3], [(start, count), (0, null)])!;
}
