using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>
/// Has the code compiled that nearly every convolutional net needs, kernels of the live tier first of all, by planning and running a small net of the usual parts.
/// Meant for another thread while the files of a model are read.
/// </summary>
public static class EnginePreparation
{
    private const int Channels = 32;

    // Three panels of outputs need the kernels of two panels and of one; the last value of a net has many channels.
    private const int Last = 48;
    private const int Classes = 40;

    /// <summary>Runs the net once: some ten milliseconds of compiling, less than one of arithmetic.</summary>
    public static void Run()
    {
        var session = new InferenceSession(Build());
        session.Run(new Dictionary<string, RuntimeValue>(StringComparer.Ordinal) { ["picture"] = Tensor.Zeros(DataType.Float32, Shape.Of(1, 56, 56, 3)) });
    }

    internal static Graph Build()
    {
        var builder = new GraphBuilder("preparation");
        var picture = builder.AddInput("picture", DataType.Float32, PartialShape.Of(1, 56, 56, 3));
        var value = Convolve(builder, "first", picture, 3, Channels, 3, 2);
        value = Clamp(builder, "first", Normalize(builder, "first", value, Channels));
        value = Separable(builder, "wide", value, Channels, Channels, 1);
        value = Separable(builder, "half", value, Channels, 3 * Channels, 2);
        var narrow = Convolve(builder, "narrow", value, 3 * Channels, 16, 1, 1);
        value = builder.Add("sum", new Binary(BinaryFunction.Add), narrow, Separable(builder, "same", narrow, 16, 16, 1));
        value = Separable(builder, "quarter", value, 16, Channels, 2);
        value = Separable(builder, "small", value, Channels, Last, 1);
        value = builder.Add("mean", new Reduce(ReduceFunction.Mean, KeepDimensions: false), value, GraphBuilder.Constant("axes", Tensor.Vector(1, 2)));
        value = builder.Add("product", new MatMul(TransposeA: false, TransposeB: false), value, Weights("product", Last, Classes));
        value = builder.Add("bias", new Binary(BinaryFunction.Add), value, Weights("bias", Classes));
        builder.AddOutput("scores", builder.Add("scores", new Softmax(), value));
        return builder.Build();
    }

    private static Value Separable(GraphBuilder builder, string name, Value value, int inputs, int outputs, int stride)
    {
        var depthwise = new DepthwiseConv2D(new Extent2D(stride, stride), new Extent2D(1, 1), Padding.Same, ValueRange.Unbounded);
        value = builder.Add($"{name}/depthwise", depthwise, value, Weights($"{name}/depthwise", 3, 3, inputs, 1));
        value = Clamp(builder, $"{name}/depthwise", Normalize(builder, $"{name}/depthwise", value, inputs));
        value = Convolve(builder, name, value, inputs, outputs, 1, 1);
        return Clamp(builder, name, Normalize(builder, name, value, outputs));
    }

    private static Value Convolve(GraphBuilder builder, string name, Value value, int inputs, int outputs, int side, int stride) => builder.Add(
        name,
        new Conv2D(new Extent2D(stride, stride), new Extent2D(1, 1), Padding.Same, ValueRange.Unbounded),
        value,
        Weights(name, side, side, inputs, outputs));

    private static Value Normalize(GraphBuilder builder, string name, Value value, int channels)
    {
        var numbers = Weights($"{name}/numbers", channels);
        return builder.Add($"{name}/normalized", new BatchNormalization(0.001f), value, numbers, numbers, numbers, numbers);
    }

    private static Value Clamp(GraphBuilder builder, string name, Value value) =>
        builder.Add($"{name}/clamped", new Clamp(ValueRange.Relu6), value);

    private static Value Weights(string name, params int[] dimensions) =>
        GraphBuilder.Constant($"{name}/weights", Tensor.Zeros(DataType.Float32, Shape.Of(dimensions)));
}
