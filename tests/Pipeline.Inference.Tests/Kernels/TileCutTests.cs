using Pipeline.Inference.Kernels;

namespace Pipeline.Inference.Tests.Kernels;

public sealed class TileCutTests
{
    [Theory]
    [InlineData(8, "8")]
    [InlineData(17, "14 3")]
    [InlineData(35, "14 14 7")]
    [InlineData(49, "14 14 14 7")]
    [InlineData(112, "14 14 14 14 14 14 14 14")]
    public void Next_WideTiles_TakeTheLeastTime(int width, string tiles) => Assert.Equal(tiles, Cut(new TileCut([14, 8, 7, 5, 4, 3, 2, 1], 3), width));

    [Theory]
    [InlineData(7, "5 2")]
    [InlineData(13, "6 5 2")]
    [InlineData(1, "1")]
    public void Next_NarrowTiles_LeaveNoneOfOne(int width, string tiles) => Assert.Equal(tiles, Cut(new TileCut([6, 5, 4, 3, 2, 1], 2), width));

    [Fact]
    public void Next_AnyWidth_IsCutWhole()
    {
        foreach (var cut in new[] { new TileCut([14, 8, 7, 5, 4, 3, 2, 1], 3), new TileCut([6, 5, 4, 2, 1], 4), new TileCut([14, 1], 1), new TileCut([1], 1) })
        {
            for (var width = 1; width < 200; width++)
            {
                Assert.Equal(width, Cut(cut, width).Split(' ').Sum(int.Parse));
            }
        }
    }

    /// <summary>The tiles of a row, widest first.</summary>
    private static string Cut(TileCut cut, int width)
    {
        var tiles = new List<int>();
        for (var left = width; left > 0; left -= tiles[^1])
        {
            tiles.Add(cut.Next(left));
        }

        return string.Join(' ', tiles.OrderDescending());
    }
}
