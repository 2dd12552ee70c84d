using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution;

/// <summary>Making a session reads each weight once, in pieces, into the one form that is kept.</summary>
public sealed class WeightMemoryTests
{
    private const int Channels = 1024;

    // What is kept, a quarter of it for buffers and the graph, and an arena.
    private const double MostCopies = 1.25;
    private const long Slack = 1 << 20;

    [Theory]
    [InlineData("convolution", DataType.Float32)]
    [InlineData("convolution", DataType.Float16)]
    [InlineData("normalized", DataType.Float32)]
    [InlineData("normalized", DataType.Float16)]
    [InlineData("product", DataType.Float32)]
    [InlineData("product", DataType.Float16)]
    [InlineData("transposed", DataType.Float32)]
    public void Session_LargeWeight_IsHeldOnce(string kind, DataType type)
    {
        var weights = new CountingConstantSource(type, kind is "product" or "transposed" ? Shape.Of(Channels, 2 * Channels) : Shape.Of(1, 1, Channels, 2 * Channels));
        var graph = Net(kind, weights);
        var small = new InferenceSession(Net(kind, new CountingConstantSource(type, weights.Shape)));
        GC.KeepAlive(small);
        var kept = 4L * weights.Shape.ElementCount;

        var before = GC.GetAllocatedBytesForCurrentThread();
        var session = new InferenceSession(graph);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((0, weights.ByteLength), (weights.Loads, weights.BytesRead));
        Assert.InRange(weights.LongestRead, 1, (int)(weights.ByteLength / 16));
        Assert.InRange(allocated, kept, (long)(kept * MostCopies) + Slack);
        GC.KeepAlive(session);
    }

    private static Graph Net(string kind, ConstantSource weights)
    {
        var builder = new GraphBuilder(kind);
        var isMatrix = weights.Shape.Rank == 2;
        var x = builder.AddInput("x", DataType.Float32, isMatrix ? PartialShape.Of(1, kind == "transposed" ? 2 * Channels : Channels) : PartialShape.Of(1, 2, 2, Channels));
        var w = GraphBuilder.Constant("w", weights);
        if (weights.DataType != DataType.Float32)
        {
            w = builder.Add("wide", new Cast(DataType.Float32), w);
        }

        var y = isMatrix
            ? builder.Add("product", new MatMul(TransposeA: false, TransposeB: kind == "transposed"), x, w)
            : builder.Add("convolution", new Conv2D(new Extent2D(1, 1), new Extent2D(1, 1), Padding.Valid, ValueRange.Unbounded), x, w);
        if (kind == "normalized")
        {
            var ones = GraphBuilder.Constant("ones", Tensor.From<float>(Shape.Of(2 * Channels), Enumerable.Repeat(1f, 2 * Channels).ToArray()));
            y = builder.Add("normalized", new BatchNormalization(0.001f), y, ones, ones, ones, ones);
        }

        builder.AddOutput("y", y);
        return builder.Build();
    }
}
