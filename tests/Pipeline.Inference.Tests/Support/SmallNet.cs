using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>A convolutional classifier of five classes with weights by seed.</summary>
internal static class SmallNet
{
    public static Graph Build()
    {
        var one = new Extent2D(1, 1);
        var builder = new GraphBuilder("small net");
        var x = builder.AddInput("picture", DataType.Float32, PartialShape.Of(-1, 12, 10, 3));
        x = builder.Add("conv", new Conv2D(new Extent2D(2, 2), one, Padding.Same, ValueRange.Relu6), x, Weights("w1", 1, 3, 3, 3, 24), Weights("b1", 2, 24));
        x = builder.Add("depthwise", new DepthwiseConv2D(one, one, Padding.Same, ValueRange.Unbounded), x, Weights("w2", 3, 3, 3, 24, 1));
        x = builder.Add("clamp", new Clamp(ValueRange.Relu), x);
        x = builder.Add("pool", new MaxPool2D(new Extent2D(2, 2), new Extent2D(2, 2), Padding.Same), x);
        x = builder.Add("mean", new Reduce(ReduceFunction.Mean, false), x, GraphBuilder.Constant("axes", Tensor.Vector(1, 2)));
        x = builder.Add("dense", new MatMul(false, false), x, Weights("w3", 4, 24, 5));
        builder.AddOutput("scores", builder.Add("softmax", new Softmax(), x));
        return builder.Build();
    }

    /// <summary>Two pictures by seed.</summary>
    public static Dictionary<string, RuntimeValue> Feed(int seed) => new() { ["picture"] = Samples.Floats(seed, 2, 12, 10, 3) };

    private static Value Weights(string name, int seed, params int[] dimensions) =>
        GraphBuilder.Constant(name, Samples.Floats(seed, dimensions));
}
