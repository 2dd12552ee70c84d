using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>Small graphs of one input "x" and one output "y", and their results in different ways.</summary>
internal static class Nets
{
    public static readonly Extent2D One = new(1, 1);

    public static Graph Build(DataType dataType, int[] input, Func<GraphBuilder, Value, Value> body)
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", dataType, PartialShape.Of(input));
        builder.AddOutput("y", body(builder, x));
        return builder.Build();
    }

    public static Graph Build(int[] input, Func<GraphBuilder, Value, Value> body) => Build(DataType.Float32, input, body);

    public static Value Weights(int seed, params int[] dimensions) => GraphBuilder.Constant($"w{seed}", Samples.Floats(seed, dimensions));

    public static Value Number(float number) => GraphBuilder.Constant($"n{number}", Tensor.Scalar(number));

    public static Value Integers(params int[] numbers) => GraphBuilder.Constant("i", Tensor.Vector<int>(numbers));

    public static Tensor Run(InferenceSession session, Tensor x) =>
        (Tensor)session.Run(new Dictionary<string, RuntimeValue> { ["x"] = x }, TestContext.Current.CancellationToken)["y"];

    public static Tensor Interpret(Graph graph, Tensor x) => Run(new InferenceSession(graph, new SessionOptions { UsePlans = false }), x);

    /// <summary>Float sums in another order differ in their last digits.</summary>
    /// <param name="tolerance">Relative to the largest element.</param>
    public static void AssertNear(Tensor expected, Tensor actual, string what, float tolerance = 2e-5f)
    {
        Assert.Equal(expected.DataType, actual.DataType);
        Assert.Equal(expected.Shape, actual.Shape);
        if (expected.DataType != DataType.Float32)
        {
            Assert.Equal(expected.Bytes, actual.Bytes);
            return;
        }

        var want = expected.Elements<float>();
        var got = actual.Elements<float>();
        var scale = 1e-3f;
        foreach (var element in want)
        {
            scale = float.IsFinite(element) ? Math.Max(scale, Math.Abs(element)) : scale;
        }

        for (var index = 0; index < want.Length; index++)
        {
            Assert.True(
                want[index].Equals(got[index]) || Math.Abs(want[index] - got[index]) <= tolerance * scale, $"{what}: [{index}] is {got[index]}, expected {want[index]}");
        }
    }
}
