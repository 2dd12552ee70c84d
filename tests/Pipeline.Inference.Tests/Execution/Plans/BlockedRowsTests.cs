using Pipeline.Inference.Execution.Plans.Steps;

namespace Pipeline.Inference.Tests.Execution.Plans;

public sealed class BlockedRowsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 4, 7)]
    [InlineData(1, 5, 27)]
    [InlineData(1, 5, 28)]
    [InlineData(2, 3, 30)]
    [InlineData(2, 1, 112)]
    public void Of_AnyPartsOfTheUnits_GivesEachRowOnce(int pictures, int blocks, int rows)
    {
        var divided = new BlockedRows(pictures, blocks, rows);
        for (var parts = 1; parts <= 9; parts++)
        {
            var seen = new List<(int, int, int)>();
            for (var part = 0; part < parts; part++)
            {
                var (first, end) = (divided.Units * part / parts, divided.Units * (part + 1) / parts);
                for (var row = divided.Of(first, end - first); row.MoveNext();)
                {
                    Assert.Equal((row.Picture * blocks) + row.Block, row.Plane);
                    seen.Add((row.Picture, row.Block, row.Row));
                }
            }

            var all =
                from picture in Enumerable.Range(0, pictures)
                from block in Enumerable.Range(0, blocks)
                from row in Enumerable.Range(0, rows)
                select (picture, block, row);
            Assert.Equal(all, seen.Order());
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(60)]
    public void Of_NoUnits_GivesNothing(int rows) => Assert.False(new BlockedRows(2, 3, rows).Of(2, 0).MoveNext());

    [Fact]
    public void Of_TallPicture_CutsAllBlocksAtTheSameRow()
    {
        var seen = new List<(int, int)>();
        for (var row = new BlockedRows(1, 2, 40).Of(10, 3); row.MoveNext();)
        {
            seen.Add((row.Block, row.Row));
        }

        Assert.Equal([(0, 10), (0, 11), (0, 12), (1, 10), (1, 11), (1, 12)], seen);
    }
}
