using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Network;

public sealed class PoolTests
{
    public static TheoryData<int, int, int, int, string> Windows()
    {
        var windows = from size in (int[])[4, 5, 7]
                      from kernel in (int[])[1, 2, 3]
                      from stride in (int[])[1, 2, 3]
                      from channels in (int[])[1, 8, 11]
                      from padding in (string[])["same", "valid", "explicit"]
                      where padding != "explicit" || kernel > 1
                      select new TheoryDataRow<int, int, int, int, string>(size, kernel, stride, channels, padding);
        return [.. windows];
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void Run_AnyWindow_LooksAtCellsInsideOnly(int size, int kernel, int stride, int channels, string mode)
    {
        var picture = Samples.Floats(size, 2, size, size + 1, channels);
        var (window, strides) = (new Extent2D(kernel, kernel), new Extent2D(stride, stride));
        var padding = mode switch { "same" => Padding.Same, "valid" => Padding.Valid, _ => Padding.Explicit(1, 0, 0, 1) };

        var maximum = OperatorRun.One(new MaxPool2D(window, strides, padding), picture);
        var average = OperatorRun.One(new AveragePool2D(window, strides, padding), picture);

        Assert.Equal(Naive(picture, maximum.Shape, kernel, stride, padding, c => c.Max()), maximum.Elements<float>().ToArray());
        Assert.Equal(Naive(picture, average.Shape, kernel, stride, padding, c => c.Aggregate(0f, (x, y) => x + y) / c.Count), average.Elements<float>().ToArray());
    }

    [Fact]
    public void MaxPool_NaNInTheWindow_Wins()
    {
        var picture = Tensor.From(Shape.Of(1, 1, 3, 1), 1f, float.NaN, 2f);

        Assert.Equal([float.NaN], OperatorRun.One(new MaxPool2D(new Extent2D(1, 3), new Extent2D(1, 1), Padding.Valid), picture).Elements<float>());
    }

    [Fact]
    public void MaxPool_AllNegative_PaddingNeverWins()
    {
        var picture = Tensor.From(Shape.Of(1, 1, 1, 1), -5f);

        Assert.Equal([-5f], OperatorRun.One(new MaxPool2D(new Extent2D(3, 3), new Extent2D(1, 1), Padding.Same), picture).Elements<float>());
    }

    [Fact]
    public void Run_PaddingAsLargeAsTheWindow_IsRefused() =>
        OperatorRun.Refused<InvalidNodeException>(
            new AveragePool2D(new Extent2D(2, 2), new Extent2D(1, 1), Padding.Explicit(2, 0, 0, 0)), Samples.Floats(1, 1, 4, 4, 1));

    private static float[] Naive(Tensor picture, Shape result, int kernel, int stride, Padding padding, Func<List<float>, float> combine)
    {
        int Before(int size, int count, int before) => padding.Mode switch
        {
            PaddingMode.Same => Math.Max(((count - 1) * stride) + kernel - size, 0) / 2,
            PaddingMode.Explicit => before,
            _ => 0,
        };
        var top = Before(picture.Shape[1], result[1], padding.Top);
        var left = Before(picture.Shape[2], result[2], padding.Left);
        return NaiveIndex.Build(result, i =>
        {
            List<float> cells = [];
            for (var cell = 0; cell < kernel * kernel; cell++)
            {
                var (y, x) = ((i[1] * stride) - top + (cell / kernel), (i[2] * stride) - left + (cell % kernel));
                if (y >= 0 && y < picture.Shape[1] && x >= 0 && x < picture.Shape[2])
                {
                    cells.Add(NaiveIndex.At<float>(picture, i[0], y, x, i[3]));
                }
            }

            return combine(cells);
        }).Elements<float>().ToArray();
    }
}
