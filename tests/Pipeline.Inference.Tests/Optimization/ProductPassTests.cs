using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Optimization;
using static Pipeline.Inference.Tests.Optimization.RewritePassTests;
using static Pipeline.Inference.Tests.Support.Nets;

namespace Pipeline.Inference.Tests.Optimization;

/// <summary>The passes around products of rows and their normalisation, each alone: it rewrites what it is for, leaves what it must leave, and the results stay.</summary>
public sealed class ProductPassTests
{
    private static readonly int[] Rows = [2, 5, 6];
    private static readonly Binary Add = new(BinaryFunction.Add);
    private static readonly Binary Subtract = new(BinaryFunction.Subtract);
    private static readonly Binary Multiply = new(BinaryFunction.Multiply);
    private static readonly Binary Divide = new(BinaryFunction.Divide);
    private static readonly Dense Plain = new(false, ValueRange.Unbounded);

    [Theory]
    [InlineData("abc,cde->abde", new[] { 2, 5, 6 }, new[] { 6, 2, 4 }, "Dense")]
    [InlineData("abcd,cde->abe", new[] { 2, 5, 2, 3 }, new[] { 2, 3, 8 }, "Dense")]
    [InlineData("...x,xy->...y", new[] { 2, 5, 6 }, new[] { 6, 4 }, "Dense")]
    [InlineData("ab,cb->ac", new[] { 5, 6 }, new[] { 4, 6 }, "Dense")]
    [InlineData("abcd,dce->abe", new[] { 2, 5, 2, 3 }, new[] { 3, 2, 8 }, "Einsum")]
    [InlineData("abc,cd->adb", new[] { 2, 5, 6 }, new[] { 6, 4 }, "Einsum")]
    [InlineData("abc,ac->ab", new[] { 2, 5, 6 }, new[] { 2, 6 }, "Einsum")]
    [InlineData("abc,cd->ad", new[] { 2, 5, 6 }, new[] { 6, 4 }, "Einsum")]
    [InlineData("abc,bcd->bad", new[] { 2, 5, 6 }, new[] { 5, 6, 4 }, "Einsum")]
    [InlineData("abc,c->ab", new[] { 2, 5, 6 }, new[] { 6 }, "Einsum")]
    public void RecognizeDense_Summation_IsDenseWhereItsWeightsAreAMatrix(string equation, int[] rows, int[] weights, string found)
    {
        Check(new RecognizeDense(), rows, (b, x) => b.Add("e", new Einsum(equation), x, Weights(1, weights)), found);

        var sides = equation.Split(',', '-');
        Check(new RecognizeDense(), rows, (b, x) => b.Add("e", new Einsum($"{sides[1]},{sides[0]}-{sides[2]}"), Weights(1, weights), x), found);
    }

    [Fact]
    public void MergeBias_OfSeveralDimensions_GoesIntoTheBias()
    {
        Check(new MergeBias(), Rows, (b, x) => b.Add("s", Add, Heads(b, x), Weights(9, 2, 4)), "Dense");
        Check(new MergeBias(), Rows, (b, x) => b.Add("s", Add, Heads(b, x), Weights(9, 1, 1, 2, 4)), "Dense");
        Check(new MergeBias(), Rows, (b, x) => b.Add("s", Add, Heads(b, x), Weights(9, 2, 1)), "Dense");
        Check(new MergeBias(), Rows, (b, x) => b.Add("s", Add, Heads(b, x), Weights(9, 4)), "Dense");
        Check(new MergeScale(), Rows, (b, x) => b.Add("s", Multiply, Heads(b, x), Number(0.125f)), "Dense");
        Check(new MergeBias(), Rows, (b, x) => b.Add("s", Add, Heads(b, x), Weights(9, 5, 1, 1)), "Dense, Add");
        Check(new MergeBias(), Rows, (b, x) => b.Add("s", Add, Heads(b, x), Weights(9, 3, 1, 1, 2, 4)), "Dense, Add");
    }

    [Fact]
    public void SinkReshape_WhatFollowsAProduct_IsDoneBeforeItsReshape()
    {
        var pass = new SinkReshape();
        Check(pass, Rows, (b, x) => b.Add("s", new BiasAdd(), Shaped(b, x, 2, 5, 8), Weights(9, 8)), "Dense, BiasAdd, Reshape");
        Check(pass, Rows, (b, x) => b.Add("s", Add, Shaped(b, x, 2, 5, 2, 4), Weights(9, 1, 1, 2, 4)), "Dense, Add, Reshape");
        Check(pass, Rows, (b, x) => b.Add("s", Multiply, Number(2), Shaped(b, x, 10, 8)), "Dense, Multiply, Reshape");
        Check(pass, Rows, (b, x) => b.Add("g", new Unary(UnaryFunction.Gelu), b.Add("s", new BiasAdd(), Shaped(b, x, 10, 8), Weights(9, 8))), "Dense, BiasAdd, Gelu, Reshape");
        Check(pass, Rows, (b, x) => b.Add("s", Subtract, b.Add("r", new Reshape(), x, Integers(2, 30)), Wide(b, x)), "Reshape, Dense, Reshape, Subtract, Reshape");
    }

    [Fact]
    public void SinkReshape_WhereItWouldChangeResults_Leaves()
    {
        var pass = new SinkReshape();
        Check(pass, Rows, (b, x) => b.Add("s", new BiasAdd(), Shaped(b, x, 2, 5, 2, 4), Weights(9, 4)), "Dense, Reshape, BiasAdd");
        Check(pass, Rows, (b, x) => b.Add("s", Add, Shaped(b, x, 2, 5, 2, 4), Weights(9, 2, 1)), "Dense, Reshape, Add");
        Check(pass, Rows, (b, x) => b.Add("s", Add, Shaped(b, x, 2, 40), Weights(9, 2, 40)), "Dense, Add, Reshape");
        Check(pass, Rows, (b, x) => b.Add("s", Add, Shaped(b, x, 80), Weights(9, 3, 80)), "Dense, Reshape, Add");
        Check(pass, Rows, (b, x) => b.Add("s", new Unary(UnaryFunction.Gelu), b.Add("r", new Reshape(), x, Integers(10, 6))), "Reshape, Gelu");
        Check(pass, Rows, (b, x) => Twice(b, Shaped(b, x, 10, 8), y => b.Add("s", new BiasAdd(), y, Weights(9, 8))), "Dense, Reshape, BiasAdd, Add");
    }

    [Fact]
    public void FuseDense_ScaleResidualClampAndFunction_AreOneNode()
    {
        var pass = new FuseDense();
        Check(pass, Rows, (b, x) => b.Add("s", Multiply, Heads(b, x), Weights(9, 2, 4)), "FusedDense");
        Check(pass, Rows, (b, x) => b.Add("s", Add, x, Square(b, x)), "FusedDense");
        Check(pass, Rows, (b, x) => b.Add("s", Add, b.Add("m", Multiply, Weights(9, 6), b.Add("n", Multiply, Square(b, x), Number(3))), x), "FusedDense");
        Check(pass, Rows, (b, x) => b.Add("c", new Clamp(ValueRange.Relu), b.Add("s", Add, x, Square(b, x))), "FusedDense");
        Check(pass, Rows, (b, x) => b.Add("g", new Unary(UnaryFunction.Gelu), Square(b, x)), "FusedDense");
        Check(pass, Rows, (b, x) => b.Add("g", new Unary(UnaryFunction.Tanh), b.Add("s", Add, x, b.Add("m", Multiply, Square(b, x), Weights(9, 6)))), "FusedDense");
    }

    [Fact]
    public void FuseDense_WhereItWouldChangeResults_Leaves()
    {
        var pass = new FuseDense();
        Check(pass, Rows, (b, x) => b.Add("s", Multiply, b.Add("r", Add, x, Square(b, x)), Number(2)), "FusedDense, Multiply");
        Check(pass, Rows, (b, x) => b.Add("s", Add, x, b.Add("g", new Unary(UnaryFunction.Gelu), Square(b, x))), "FusedDense, Add");
        Check(pass, Rows, (b, x) => b.Add("s", Add, x, b.Add("c", new Clamp(ValueRange.Relu), Square(b, x))), "FusedDense, Add");
        Check(pass, Rows, (b, x) => b.Add("s", Multiply, Square(b, x), Weights(9, 5, 6)), "Dense, Multiply");
        Check(pass, Rows, (b, x) => b.Add("s", Add, Square(b, x), Weights(9, 2, 5, 6)), "Dense, Add");
        Check(pass, Rows, (b, x) => b.Add("e", new Unary(UnaryFunction.Sin), Square(b, x)), "Dense, Sin");
        Check(pass, Rows, (b, x) => Twice(b, Square(b, x), y => b.Add("s", Multiply, y, Number(2))), "Dense, Multiply, Add");
    }

    [Fact]
    public void RecognizeLayerNormalization_EveryWriting_IsOneNode()
    {
        var pass = new RecognizeLayerNormalization();
        Check(pass, Rows, (b, x) => Normalized(b, x, Inverse(b, x), Weights(2, 6), Weights(3, 6)), "LayerNormalization");
        Check(pass, Rows, (b, x) => Normalized(b, x, Inverse(b, x), null, Weights(3, 6)), "LayerNormalization");
        Check(pass, Rows, Difference, "LayerNormalization");
        Check(pass, Rows, (b, x) => b.Add("n", Multiply, Centred(b, x), Inverse(b, x)), "LayerNormalization");
        Check(pass, Rows, (b, x) => b.Add("n", Divide, Centred(b, x), Root(b, x)), "LayerNormalization");
        Check(pass, Rows, (b, x) => b.Add("o", Add, b.Add("g", Multiply, b.Add("n", Divide, Centred(b, x), Root(b, x)), Weights(2, 6)), Weights(3, 6)), "LayerNormalization");
        Check(pass, Rows, (b, x) => b.Add("o", Add, Weights(3, 6), b.Add("g", Multiply, Weights(2, 6), b.Add("n", Multiply, Inverse(b, x), Centred(b, x)))), "LayerNormalization");
        Check(pass, Rows, NegatedMean, "LayerNormalization");
    }

    [Fact]
    public void RecognizeLayerNormalization_WhatIsNoNormalization_IsLeft()
    {
        var pass = new RecognizeLayerNormalization();
        Check(pass, Rows, (b, x) => b.Add("n", Multiply, Centred(b, b.Add("sin", new Unary(UnaryFunction.Sin), x)), Inverse(b, x)), null);
        Check(pass, Rows, (b, x) => b.Add("n", Multiply, Centred(b, x, 1), Inverse(b, x)), null);
        Check(pass, Rows, (b, x) => b.Add("n", Multiply, Centred(b, x, 1), Inverse(b, x, 1)), null);
        Check(pass, Rows, (b, x) => b.Add("n", Divide, Root(b, x), Centred(b, x)), null);
        Check(pass, Rows, (b, x) => Normalized(b, x, Inverse(b, x), Weights(2, 5, 6), Weights(3, 6)), null);
    }

    [Fact]
    public void RecognizeGelu_ErfcAndTanh_AreOneNode()
    {
        var pass = new RecognizeGelu();
        Value Half(GraphBuilder b, Value x) => b.Add("h", Multiply, Number(0.5f), x);
        Value Gate(GraphBuilder b, Value x, Value cube) => b.Add(
            "sum", Add, b.Add("tanh", new Unary(UnaryFunction.Tanh), b.Add("inner", Multiply, Number(0.7978846f), b.Add("plus", Add, x, b.Add("c", Multiply, cube, Number(0.044715f))))), Number(1));
        Value Negated(GraphBuilder b, Value x) => b.Add("neg", new Unary(UnaryFunction.Negate), x);
        Value Erfc(GraphBuilder b, Value x) => b.Add("erfc", new Unary(UnaryFunction.Erfc), x);
        Check(pass, Rows, (b, x) => b.Add("m", Multiply, Half(b, x), Erfc(b, b.Add("q", Multiply, Negated(b, x), Number(0.70710677f)))), "Gelu");
        Check(pass, Rows, (b, x) => b.Add("m", Multiply, Half(b, x), Erfc(b, Negated(b, b.Add("q", Divide, x, Number(1.4142135f))))), "Gelu");
        Check(pass, Rows, (b, x) => b.Add("m", Multiply, Half(b, x), Erfc(b, b.Add("q", Multiply, Number(-0.70710677f), x))), "Gelu");
        Check(pass, Rows, (b, x) => b.Add("m", Multiply, Half(b, x), Erfc(b, b.Add("q", Multiply, Number(0.70710677f), x))), "Multiply, Multiply, Erfc, Multiply");
        Check(pass, Rows, (b, x) => b.Add("m", Multiply, Half(b, x), Gate(b, x, b.Add("p", new Binary(BinaryFunction.Power), x, Number(3)))), "GeluTanh");
        Check(pass, Rows, (b, x) => b.Add("m", Multiply, Half(b, x), Gate(b, x, b.Add("p", Multiply, b.Add("s", new Unary(UnaryFunction.Square), x), x))), "GeluTanh");
        Check(pass, Rows, (b, x) => b.Add("m", Multiply, Half(b, x), Gate(b, x, b.Add("p", new Binary(BinaryFunction.Power), x, Number(2)))), null);
    }

    [Fact]
    public void MergeAffine_OneNumber_IsLeft() => Check(new MergeAffine(), [2, 3, 3, 20], (b, x) => b.Add("m", Multiply, x, Number(2)), "Multiply");

    private static Value Square(GraphBuilder b, Value x) => b.Add("square", Plain, x, Weights(1, 6, 6), Weights(2, 6));

    private static Value Heads(GraphBuilder b, Value x) => b.Add("heads", Plain, x, Weights(1, 6, 2, 4), Weights(2, 8));

    private static Value Shaped(GraphBuilder b, Value x, params int[] dimensions) => b.Add("shaped", new Reshape(), b.Add("dense", Plain, x, Weights(1, 6, 8)), Integers(dimensions));

    private static Value Wide(GraphBuilder b, Value x) => b.Add("wide", new Reshape(), b.Add("dense", Plain, x, Weights(1, 6, 6)), Integers(2, 30));

    private static Value Twice(GraphBuilder b, Value x, Func<Value, Value> other) => b.Add("twice", Add, x, other(x));

    private static Value Mean(GraphBuilder b, Value x, int axis = -1) => b.Add("mean", new Reduce(ReduceFunction.Mean, true), x, Integers(axis));

    private static Value Centred(GraphBuilder b, Value x, int axis = -1) => b.Add("centred", Subtract, x, Mean(b, x, axis));

    private static Value Variance(GraphBuilder b, Value x, int axis) => b.Add(
        "plus", Add, b.Add("variance", new Reduce(ReduceFunction.Mean, true), b.Add("squares", new Binary(BinaryFunction.SquaredDifference), x, Mean(b, x, axis)), Integers(axis)), Number(1e-3f));

    private static Value Root(GraphBuilder b, Value x) => b.Add("root", new Unary(UnaryFunction.Sqrt), Variance(b, x, 2));

    private static Value Inverse(GraphBuilder b, Value x, int axis = -1) => b.Add("inverse", new Unary(UnaryFunction.Rsqrt), Variance(b, x, axis));

    private static Value Normalized(GraphBuilder b, Value x, Value inverse, Value? scale, Value offset)
    {
        var factor = scale is null ? inverse : b.Add("factor", Multiply, inverse, scale);
        return b.Add("sum", Add, b.Add("scaled", Multiply, x, factor), b.Add("shift", Subtract, offset, b.Add("moved", Multiply, Mean(b, x), factor)));
    }

    private static Value Difference(GraphBuilder b, Value x)
    {
        var inverse = Inverse(b, x);
        return b.Add("difference", Subtract, b.Add("scaled", Multiply, x, inverse), b.Add("moved", Multiply, inverse, Mean(b, x)));
    }

    private static Value NegatedMean(GraphBuilder b, Value x)
    {
        var factor = b.Add("factor", Multiply, Inverse(b, x), Weights(2, 6));
        var moved = b.Add("moved", Multiply, b.Add("neg", new Unary(UnaryFunction.Negate), Mean(b, x)), factor);
        return b.Add("sum", Add, b.Add("scaled", Multiply, x, factor), b.Add("shift", Add, moved, Weights(3, 6)));
    }
}
