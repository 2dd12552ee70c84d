using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;
using static Pipeline.Inference.Tests.Support.Nets;

namespace Pipeline.Inference.Tests.Execution;

/// <summary>A net that takes pictures of any size, fed with what nobody means.</summary>
public sealed class AbsurdShapeTests
{
    private const long Megabyte = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(30_000, 3, 1)]
    [InlineData(3, 30_000, 1)]
    [InlineData(30_000, 1, 2)]
    public void Run_SideOfThirtyThousandPixels_EqualsTheInterpreter(int height, int width, int n)
    {
        var x = Samples.Floats(1, n, height, width, 3);
        var session = new InferenceSession(FullyConvolutional());
        var feed = new Dictionary<string, RuntimeValue> { ["x"] = x };

        Assert.True(session.Bind(feed).IsPlanned);
        AssertNear(Interpret(FullyConvolutional(), x), (Tensor)session.Run(feed, Token)["y"], "net");
    }

    [Theory]
    [InlineData(30_000, 3_500, true)]
    [InlineData(30_000, 3_500, false)]
    [InlineData(3_500, 30_000, true)]
    [InlineData(1, 105_000_000, true)]
    [InlineData(105_000_000, 1, true)]
    public void Run_PictureWhoseValuesPassTheLimit_IsRefusedBeforeMemoryIsTaken(int height, int width, bool usePlans)
    {
        var session = new InferenceSession(FullyConvolutional(), new SessionOptions { UsePlans = usePlans });
        var feed = Unreadable(height, width);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<MemoryLimitExceededException>(() => session.Run(feed, Token));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Megabyte);
        Assert.Equal(session.Options.MaxRunBytes, error.Limit);
        Assert.True(error.Needed > error.Limit, error.Message);
        AssertWorks(session);
    }

    [Fact]
    public void Run_PictureWhoseValuesNoArrayHolds_IsRefused()
    {
        var session = new InferenceSession(FullyConvolutional(), new SessionOptions { MaxRunBytes = long.MaxValue });

        var error = Record.Exception(() => session.Run(Unreadable(30_000, 5_000), Token));

        Assert.True(error is MemoryLimitExceededException or InvalidNodeException, error?.ToString());
        AssertWorks(session);
    }

    [Fact]
    public void Bind_PlanThatNeedsMoreThanTheLimit_IsRefusedAndOthersAreNot()
    {
        var session = new InferenceSession(FullyConvolutional(), new SessionOptions { MaxRunBytes = Megabyte });
        var feed = new Dictionary<string, RuntimeValue> { ["x"] = Samples.Floats(1, 1, 100, 100, 3) };
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<MemoryLimitExceededException>(() => session.Bind(feed));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Megabyte);
        Assert.Equal(Megabyte, error.Limit);
        AssertWorks(session);
    }

    private static Graph FullyConvolutional() => Build([-1, -1, -1, 3], (b, x) =>
    {
        var y = b.Add("conv", new Conv2D(One, One, Padding.Same, ValueRange.Relu), x, Weights(1, 3, 3, 3, 8));
        y = b.Add("depthwise", new DepthwiseConv2D(One, One, Padding.Same, ValueRange.Relu), y, Weights(2, 3, 3, 8, 1));
        y = b.Add("point", new Conv2D(One, One, Padding.Same, ValueRange.Relu), y, Weights(3, 1, 1, 8, 20));
        y = b.Add("pool", new MaxPool2D(new Extent2D(3, 3), new Extent2D(2, 2), Padding.Same), y);
        return b.Add("mean", new Reduce(ReduceFunction.Mean, false), y, Integers(1, 2));
    });

    private static Dictionary<string, RuntimeValue> Unreadable(int height, int width) => new()
    {
        ["x"] = Tensor.Wrap(DataType.Float32, Shape.Of(1, height, width, 3), new NoMemory(checked(height * width * 3 * sizeof(float))).Memory),
    };

    private static void AssertWorks(InferenceSession session)
    {
        var x = Samples.Floats(1, 1, 20, 20, 3);
        AssertNear(Interpret(FullyConvolutional(), x), Run(session, x), "net");
    }
}
