using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;
using static Pipeline.Inference.Tests.Support.Nets;

namespace Pipeline.Inference.Tests.Optimization;

/// <summary>Each pass alone: it rewrites what it is for, leaves what it must leave, and the results stay.</summary>
public sealed class RewritePassTests
{
    private static readonly int[] Picture = [2, 6, 5, 4];
    private static readonly Conv2D Convolution = new(One, One, Padding.Same, ValueRange.Unbounded);
    private static readonly DepthwiseConv2D Depthwise = new(One, One, Padding.Same, ValueRange.Unbounded);
    private static readonly Binary Add = new(BinaryFunction.Add);
    private static readonly Binary Subtract = new(BinaryFunction.Subtract);
    private static readonly Binary Multiply = new(BinaryFunction.Multiply);
    private static readonly Binary Divide = new(BinaryFunction.Divide);

    [Fact]
    public void LowerBatchNormalization_Constants_BecomeFactorAndOffset() => Check(
        new LowerBatchNormalization(),
        Picture,
        (b, x) => b.Add("bn", new BatchNormalization(1e-3f), x, Weights(1, 4), Weights(2, 4), Weights(3, 4), Positive(4, 4)),
        "Multiply, Add");

    [Fact]
    public void MergeScale_OfEveryWeightedNode_GoesIntoWeights()
    {
        Check(new MergeScale(), Picture, (b, x) => b.Add("s", Multiply, Conv(b, x), Weights(9, 8)), "Conv2D");
        Check(new MergeScale(), Picture, (b, x) => b.Add("s", Multiply, Weights(9, 1, 1, 1, 8), Conv(b, x)), "Conv2D");
        Check(new MergeScale(), Picture, (b, x) => b.Add("s", Divide, Conv(b, x), Number(4)), "Conv2D");
        Check(new MergeScale(), Picture, (b, x) => b.Add("s", Multiply, b.Add("d", Depthwise, x, Weights(1, 3, 3, 4, 2), Weights(2, 8)), Weights(9, 8)), "DepthwiseConv2D");
        Check(new MergeScale(), [3, 5], (b, x) => b.Add("s", Multiply, DenseOf(b, x, transpose: false), Weights(9, 7)), "Dense");
    }

    [Fact]
    public void MergeScale_WhereItWouldChangeResults_Leaves()
    {
        Check(new MergeScale(), [3, 5], (b, x) => b.Add("s", Multiply, DenseOf(b, x, transpose: true), Weights(9, 7)), "Dense, Multiply");
        Check(new MergeScale(), Picture, (b, x) => b.Add("s", Divide, Number(4), Conv(b, x)), "Conv2D, Divide");
        Check(new MergeScale(), Picture, (b, x) => b.Add("s", Multiply, Conv(b, x, ValueRange.Relu), Weights(9, 8)), "Conv2D, Multiply");
        Check(new MergeScale(), Picture, (b, x) => b.Add("s", Divide, Conv(b, x), Number(0)), "Conv2D, Divide");
        Check(new MergeScale(), Picture, (b, x) => Twice(b, Conv(b, x), y => b.Add("s", Multiply, y, Weights(9, 8))), "Conv2D, Multiply, Add");
    }

    [Fact]
    public void MergeBias_OfEveryWeightedNode_GoesIntoTheBias()
    {
        Check(new MergeBias(), Picture, (b, x) => b.Add("s", new BiasAdd(), Conv(b, x), Weights(9, 8)), "Conv2D");
        Check(new MergeBias(), Picture, (b, x) => b.Add("s", Subtract, Conv(b, x), Weights(9, 8)), "Conv2D");
        Check(new MergeBias(), Picture, (b, x) => b.Add("s", Add, Number(3), Conv(b, x)), "Conv2D");
        Check(new MergeBias(), [3, 5], (b, x) => b.Add("s", Add, DenseOf(b, x, transpose: true), Weights(9, 7)), "Dense");
    }

    [Fact]
    public void MergeBias_WhereItWouldChangeResults_Leaves()
    {
        Check(new MergeBias(), Picture, (b, x) => b.Add("s", Subtract, Weights(9, 8), Conv(b, x)), "Conv2D, Subtract");
        Check(new MergeBias(), Picture, (b, x) => b.Add("s", Add, Conv(b, x, ValueRange.Relu6), Weights(9, 8)), "Conv2D, Add");
        Check(new MergeBias(), Picture, (b, x) => b.Add("s", Add, Conv(b, x), Weights(9, 5, 8)), "Conv2D, Add");
    }

    [Fact]
    public void RecognizeDepthwise_GroupsOfOneChannel_AreDepthwise()
    {
        var pass = new RecognizeDepthwise();
        Check(pass, Picture, (b, x) => b.Add("c", Convolution with { Function = UnaryFunction.Swish }, x, Weights(1, 3, 3, 1, 4), Weights(2, 4)), "DepthwiseConv2D");
        Check(pass, Picture, (b, x) => b.Add("c", Convolution with { Dilations = new Extent2D(2, 1) }, x, Weights(1, 3, 3, 1, 12)), "DepthwiseConv2D");
        Check(pass, Picture, (b, x) => b.Add("c", Convolution, x, Weights(1, 3, 3, 2, 8)), "Conv2D");
        Check(pass, [2, 6, 5, 1], (b, x) => b.Add("c", Convolution, x, Weights(1, 3, 3, 1, 8)), "Conv2D");
        Check(pass, [2, 6, 5, 1], (b, x) => b.Add("c", Depthwise with { Strides = new Extent2D(2, 1) }, x, Weights(1, 3, 3, 1, 8), Weights(2, 8)), "Conv2D");
        Check(pass, Picture, (b, x) => b.Add("c", Depthwise, x, Weights(1, 3, 3, 4, 2)), "DepthwiseConv2D");
    }

    [Fact]
    public void MergeResidual_ConvolutionInGroups_Leaves() => Check(
        new MergeResidual(),
        Picture,
        (b, x) => b.Add("s", Add, b.Add("c", Convolution, x, Weights(1, 3, 3, 2, 8)), b.Add("other", Convolution, x, Weights(5, 1, 1, 4, 8))),
        "Conv2D, FusedConvolution");

    [Fact]
    public void MergeActivation_Clamp_GoesIntoTheNode()
    {
        Check(new MergeActivation(), Picture, (b, x) => b.Add("c", new Clamp(ValueRange.Relu6), Conv(b, x)), "Conv2D");
        Check(new MergeActivation(), Picture, (b, x) => b.Add("c", new Clamp(ValueRange.Relu), Conv(b, x, ValueRange.Relu6)), "Conv2D, Clamp");
    }

    [Fact]
    public void MergeActivation_FunctionThatKernelsApply_GoesIntoConvolutions()
    {
        foreach (var function in new[] { UnaryFunction.HardSwish, UnaryFunction.Swish, UnaryFunction.Sigmoid })
        {
            Value Apply(GraphBuilder b, Value x) => b.Add("f", new Unary(function), x);
            Check(new MergeActivation(), Picture, (b, x) => Apply(b, Conv(b, x)), "Conv2D");
            Check(new MergeActivation(), Picture, (b, x) => Apply(b, b.Add("d", Depthwise, x, Weights(1, 3, 3, 4, 2))), "DepthwiseConv2D");
            Check(new MergeActivation(), Picture, (b, x) => Apply(b, Conv(b, x, ValueRange.Relu)), $"Conv2D, {function}");
            Check(new MergeActivation(), Picture, (b, x) => b.Add("c", new Clamp(ValueRange.Relu), Apply(b, Conv(b, x))), "Conv2D, Clamp");
            Check(new MergeActivation(), [3, 5], (b, x) => Apply(b, DenseOf(b, x, transpose: false)), $"Dense, {function}");
            Check(new MergeResidual(), Picture, (b, x) => Apply(b, b.Add("s", Add, Conv(b, x), b.Add("e", new Unary(UnaryFunction.Tanh), b.Add("other", Convolution, x, Weights(5, 1, 1, 4, 8))))), "Conv2D, Tanh, FusedConvolution");
        }

        Check(new MergeActivation(), Picture, (b, x) => b.Add("f", new Unary(UnaryFunction.Tanh), Conv(b, x)), "Conv2D, Tanh");
    }

    [Fact]
    public void MergeAffine_ManyChannels_BecomeADepthwiseConvolution()
    {
        Check(new MergeAffine(), [2, 3, 3, 20], (b, x) => b.Add("m", Multiply, x, Weights(1, 20)), "DepthwiseConv2D");
        Check(new MergeAffine(), [2, 3, 3, 3], (b, x) => b.Add("m", Multiply, x, Weights(1, 3)), "Multiply");
        Check(new MergeAffine(), [2, 3, 1, 20], (b, x) => b.Add("m", Multiply, x, Weights(1, 2, 20)), "Multiply");
    }

    [Fact]
    public void MergePad_Zeros_BecomePadding()
    {
        Check(new MergePad(), Picture, (b, x) => b.Add("c", Convolution with { Padding = Padding.Valid }, Pad(b, x, 0, 0, 1, 2, 0, 1, 0, 0), Weights(1, 3, 3, 4, 8)), "Conv2D");
        Check(new MergePad(), Picture, (b, x) => b.Add("c", Depthwise with { Padding = Padding.Explicit(1, 0, 0, 1) }, Pad(b, x, 0, 0, 1, 2, 0, 1, 0, 0), Weights(1, 3, 3, 4, 1)), "DepthwiseConv2D");
        Check(new MergePad(), Picture, (b, x) => b.Add("c", Convolution with { Padding = Padding.Valid }, Pad(b, x, 0, 1, 1, 2, 0, 1, 0, 0), Weights(1, 3, 3, 4, 8)), "Pad, Conv2D");
        Check(new MergePad(), Picture, (b, x) => b.Add("c", Convolution, Pad(b, x, 0, 0, 1, 2, 0, 1, 0, 0), Weights(1, 3, 3, 4, 8)), "Pad, Conv2D");
    }

    [Fact]
    public void MergePad_BeforeAPoolOfTheLargest_BecomesPaddingWhereItNeverWins()
    {
        var pool = new MaxPool2D(new Extent2D(3, 3), new Extent2D(2, 2), Padding.Valid);
        Value Around(GraphBuilder b, Value x, int most) => b.Add("pool", pool, Pad(b, x, 0, 0, 1, most, 0, 1, 0, 0));
        Check(new MergePad(), Picture, (b, x) => Around(b, Conv(b, x, ValueRange.Relu), 2), "Conv2D, MaxPool2D");
        Check(new MergePad(), Picture, (b, x) => Around(b, b.Add("c", new Clamp(new ValueRange(0.5f, 3)), x), 2), "Clamp, MaxPool2D");
        Check(new MergePad(), Picture, (b, x) => Around(b, Conv(b, x, ValueRange.Relu), 3), "Conv2D, Pad, MaxPool2D");
        Check(new MergePad(), Picture, (b, x) => Around(b, Conv(b, x), 2), "Conv2D, Pad, MaxPool2D");
    }

    [Fact]
    public void ScaleBeforeClamp_PositiveNumber_GoesThrough()
    {
        Value Clamped(GraphBuilder b, Value x) => b.Add("c", new Clamp(ValueRange.Relu6), x);
        var pass = new ScaleBeforeClamp();
        Check(pass, Picture, (b, x) => b.Add("m", Multiply, Clamped(b, x), Number(1f / 6)), "Multiply, Clamp");
        Check(pass, Picture, (b, x) => b.Add("m", Multiply, Number(2), Clamped(b, x)), "Multiply, Clamp");
        Check(pass, Picture, (b, x) => b.Add("m", Divide, Clamped(b, x), Number(6)), "Divide, Clamp");
        foreach (var number in new[] { 0, -1, float.NaN, float.PositiveInfinity, 1e-40f })
        {
            Check(pass, Picture, (b, x) => b.Add("m", Divide, Clamped(b, x), Number(number)), "Clamp, Divide");
        }

        Check(pass, Picture, (b, x) => b.Add("m", Divide, Number(6), Clamped(b, x)), "Clamp, Divide");
        Check(pass, Picture, (b, x) => b.Add("m", Multiply, Clamped(b, x), Weights(1, 4)), "Clamp, Multiply");
        Check(pass, Picture, (b, x) => Twice(b, Clamped(b, x), y => b.Add("m", Multiply, y, Number(2))), "Clamp, Multiply, Add");
    }

    [Fact]
    public void MergeResidual_SumOfConvolution_IsMadeByIt()
    {
        Value Other(GraphBuilder b, Value x) => b.Add("other", Convolution, x, Weights(5, 1, 1, 4, 8));
        Check(new MergeResidual(), Picture, (b, x) => b.Add("s", Add, Conv(b, x), Other(b, x)), "Conv2D, FusedConvolution");
        Check(
            new MergeResidual(),
            Picture,
            (b, x) => b.Add("c", new Clamp(ValueRange.Relu), b.Add("s", Add, b.Add("e", new Unary(UnaryFunction.Tanh), Other(b, x)), Conv(b, x))),
            "Conv2D, Tanh, FusedConvolution");
        Check(new MergeResidual(), Picture, (b, x) => b.Add("s", Add, Conv(b, x), Weights(5, 8)), "Conv2D, Add");
        Check(new MergeResidual(), Picture, (b, x) => Twice(b, Conv(b, x), y => y), "Conv2D, Add");
    }

    [Fact]
    public void ExplicitPadding_Same_BecomesNumbers()
    {
        foreach (var stride in new[] { 1, 2, 3 })
        {
            Check(new ExplicitPadding(), Picture, (b, x) => b.Add("c", Convolution with { Strides = new Extent2D(stride, stride) }, x, Weights(1, 3, 2, 4, 8)), "Conv2D");
            Check(new ExplicitPadding(), Picture, (b, x) => b.Add("c", Depthwise with { Strides = new Extent2D(stride, stride) }, x, Weights(1, 4, 3, 4, 1)), "DepthwiseConv2D");
        }

        Check(new ExplicitPadding(), Picture, (b, x) => b.Add("c", Convolution with { Dilations = new Extent2D(2, 3) }, x, Weights(1, 3, 2, 4, 8)), "Conv2D");
    }

    [Fact]
    public void RecognizeClamp_LargerAndSmaller_BecomeOneClamp()
    {
        Value Max(GraphBuilder b, Value x, float low) => b.Add("max", new Binary(BinaryFunction.Maximum), x, Number(low));
        Value Min(GraphBuilder b, Value x, float high) => b.Add("min", new Binary(BinaryFunction.Minimum), Number(high), x);
        Check(new RecognizeClamp(), Picture, (b, x) => Min(b, Max(b, x, -0.25f), 0.5f), "Clamp");
        Check(new RecognizeClamp(), Picture, (b, x) => Max(b, Min(b, x, 0.5f), -0.25f), "Clamp");
        Check(new RecognizeClamp(), Picture, (b, x) => Max(b, Min(b, x, -0.5f), 0.25f), "Clamp");
        Check(new RecognizeClamp(), Picture, (b, x) => b.Add("c", new Clamp(new ValueRange(-0.5f, 0.1f)), b.Add("d", new Clamp(new ValueRange(0.2f, 1)), x)), "Clamp");
        Check(new RecognizeClamp(), Picture, (b, x) => Min(b, x, float.NaN), "Minimum");
        Check(new RecognizeClamp(), Picture, (b, x) => b.Add("m", new Binary(BinaryFunction.Maximum), x, Weights(1, 4)), "Maximum");
    }

    [Fact]
    public void RecognizeSwish_EveryWriting_IsOneNode()
    {
        Value Six(GraphBuilder b, Value x) => b.Add("clamp", new Clamp(ValueRange.Relu6), b.Add("plus", Add, x, Number(3)));
        var pass = new RecognizeSwish();
        Check(pass, Picture, (b, x) => b.Add("m", Multiply, x, b.Add("s", new Unary(UnaryFunction.Sigmoid), x)), "Swish");
        Check(pass, Picture, (b, x) => b.Add("m", Multiply, b.Add("s", new Unary(UnaryFunction.Sigmoid), x), x), "Swish");
        Check(pass, Picture, (b, x) => b.Add("m", Multiply, x, b.Add("d", Divide, Six(b, x), Number(6))), "HardSwish");
        Check(pass, Picture, (b, x) => b.Add("m", Multiply, b.Add("d", Multiply, Number(1f / 6), Six(b, x)), x), "HardSwish");
        Check(pass, Picture, (b, x) => b.Add("d", Divide, b.Add("m", Multiply, x, Six(b, x)), Number(6)), "HardSwish");
        Check(pass, Picture, (b, x) => b.Add("d", Multiply, b.Add("m", Multiply, Six(b, x), x), Number(1f / 6)), "HardSwish");
        Check(pass, Picture, (b, x) => b.Add("d", Multiply, b.Add("m", Multiply, Six(b, x), x), Number(0.5f)), "Add, Clamp, Multiply, Multiply");
    }

    [Fact]
    public void RecognizeGelu_EveryOrder_IsOneNode()
    {
        Value Sum(GraphBuilder b, Value x, bool divides) => b.Add(
            "sum",
            Add,
            Number(1),
            b.Add("erf", new Unary(UnaryFunction.Erf), divides ? b.Add("q", Divide, x, Number(MathF.Sqrt(2))) : b.Add("q", Multiply, x, Number(0.70710677f))));
        var pass = new RecognizeGelu();
        Check(pass, Picture, (b, x) => b.Add("m", Multiply, b.Add("h", Multiply, Number(0.5f), x), Sum(b, x, divides: true)), "Gelu");
        Check(pass, Picture, (b, x) => b.Add("m", Multiply, Number(0.5f), b.Add("h", Multiply, x, Sum(b, x, divides: false))), "Gelu");
        Check(pass, Picture, (b, x) => b.Add("m", Multiply, x, b.Add("h", Multiply, Sum(b, x, divides: true), Number(0.5f))), "Gelu");
        Check(pass, Picture, (b, x) => b.Add("m", Multiply, b.Add("h", Multiply, Number(0.25f), x), Sum(b, x, divides: true)), "Multiply, Divide, Erf, Add, Multiply");
    }

    [Fact]
    public void RecognizeDense_ConstantMatrix_IsDense()
    {
        Check(new RecognizeDense(), [3, 5], (b, x) => b.Add("m", new MatMul(false, true), x, Weights(1, 7, 5)), "Dense");
        Check(new RecognizeDense(), [2, 3, 5], (b, x) => b.Add("m", new MatMul(false, false), x, Weights(1, 5, 7)), "Dense");
        Check(new RecognizeDense(), [5, 3], (b, x) => b.Add("m", new MatMul(true, false), x, Weights(1, 5, 7)), "MatMul");
        Check(new RecognizeDense(), [2, 3, 5], (b, x) => b.Add("m", new MatMul(false, false), x, Weights(1, 2, 5, 7)), "MatMul");
    }

    [Fact]
    public void FoldShapes_KnownShape_IsAConstant() => Check(
        new FoldShapes(),
        Picture,
        (b, x) => b.Add("r", new Reshape(), x, b.Add("shape", new ShapeOf(DataType.Int32), x)),
        "Reshape");

    /// <param name="operators">Those of the rewritten graph, in order; null: those of the graph itself.</param>
    internal static void Check(RewritePass pass, int[] input, Func<GraphBuilder, Value, Value> body, string? operators)
    {
        var graph = Build(input, body);

        var rewritten = pass.Apply(graph);

        GraphChecker.Check(rewritten, pass.Name);
        Assert.Equal(operators ?? Operators(graph), Operators(rewritten));
        var x = Samples.Floats(7, input);
        x.Elements<float>()[1] = -3;
        x.Elements<float>()[2] = 5;
        AssertNear(Interpret(graph, x), Interpret(rewritten, x), pass.Name);
    }

    private static string Operators(Graph graph) => string.Join(", ", graph.Nodes.Select(node => node.Operator.Name));

    private static Value Conv(GraphBuilder b, Value x, ValueRange? range = null) =>
        b.Add("conv", Convolution with { Activation = range ?? ValueRange.Unbounded }, x, Weights(1, 3, 3, 4, 8), Weights(2, 8));

    private static Value DenseOf(GraphBuilder b, Value x, bool transpose) =>
        b.Add("dense", new Dense(transpose, ValueRange.Unbounded), x, transpose ? Weights(1, 7, 5) : Weights(1, 5, 7), Weights(2, 7));

    private static Value Twice(GraphBuilder b, Value x, Func<Value, Value> other) => b.Add("twice", Add, x, other(x));

    private static Value Pad(GraphBuilder b, Value x, params int[] borders) =>
        b.Add("pad", new Pad(PadMode.Constant), x, GraphBuilder.Constant("borders", Tensor.From<int>(Shape.Of(4, 2), borders)));

    private static Value Positive(int seed, params int[] dimensions)
    {
        var numbers = Samples.Floats(seed, dimensions);
        foreach (ref var number in numbers.Elements<float>())
        {
            number = Math.Abs(number) + 0.1f;
        }

        return GraphBuilder.Constant("variance", numbers);
    }
}
