using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution.Plans;

/// <summary>Reductions along any dimensions and functions of values that are broadcast in any way: planned, they equal the plain evaluation.</summary>
public sealed class ReductionStepTests
{
    private static readonly BinaryFunction[] Functions =
    [
        BinaryFunction.Add, BinaryFunction.Subtract, BinaryFunction.Multiply, BinaryFunction.Divide, BinaryFunction.Maximum, BinaryFunction.Minimum, BinaryFunction.SquaredDifference,
    ];

    [Theory]
    [InlineData(new[] { 3, 70 }, new[] { 0 })]
    [InlineData(new[] { 70, 3 }, new[] { 0 })]
    [InlineData(new[] { 5, 70 }, new[] { 1 })]
    [InlineData(new[] { 2, 7, 5, 19 }, new[] { 1, 2 })]
    [InlineData(new[] { 2, 19, 7, 5 }, new[] { -1, -2 })]
    [InlineData(new[] { 2, 6, 4, 3, 5 }, new[] { 1, 2, 4 })]
    [InlineData(new[] { 2, 6, 4, 3, 5 }, new[] { 0, 2, 4 })]
    [InlineData(new[] { 4, 1, 3 }, new[] { 1 })]
    [InlineData(new[] { 4, 1, 3 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 2, 3 }, new int[0])]
    public void Reduce_AnyDimensions_EqualsThePlainEvaluation(int[] shape, int[] axes)
    {
        foreach (var function in new[] { ReduceFunction.Sum, ReduceFunction.Mean, ReduceFunction.Maximum, ReduceFunction.Minimum })
        {
            foreach (var keep in new[] { false, true })
            {
                var graph = Nets.Build([-1, .. shape[1..]], (b, x) => b.Add("r", new Reduce(function, keep), b.Add("negate", new Unary(UnaryFunction.Negate), x), Nets.Integers(axes)));
                Check(graph, Samples.Floats(1, shape), $"{function} over [{string.Join(", ", axes)}]");
            }
        }
    }

    [Fact]
    public void Reduce_ManyElements_KeepTheirDigits()
    {
        var graph = Nets.Build([1, 300_000, 3], (b, x) => b.Add("sum", new Reduce(ReduceFunction.Sum, false), x, Nets.Integers(1)));
        var x = Tensor.Zeros(DataType.Float32, Shape.Of(1, 300_000, 3));
        x.Elements<float>().Fill(0.1f);

        Check(graph, x, "sum", 1e-6f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(39)]
    public void Reduce_NaN_GivesNaN(int place)
    {
        foreach (var function in new[] { ReduceFunction.Sum, ReduceFunction.Mean, ReduceFunction.Maximum, ReduceFunction.Minimum })
        {
            foreach (var shape in new[] { new[] { 40, 1 }, [1, 40], [20, 2] })
            {
                var graph = Nets.Build(shape, (b, x) => b.Add("r", new Reduce(function, false), x, Nets.Integers(0, 1)));
                var x = Samples.Floats(1, shape);
                x.Elements<float>()[place] = float.NaN;

                Assert.True(float.IsNaN(((Tensor)PlanOf.Graph(graph, x.Shape).Run([x], TestContext.Current.CancellationToken)[0]).Elements<float>()[0]), $"{function}");
            }
        }
    }

    [Theory]
    [InlineData(new[] { 3, 1, 20 }, new[] { 1, 4, 20 })]
    [InlineData(new[] { 3, 4, 1 }, new[] { 3, 1, 20 })]
    [InlineData(new[] { 1, 4, 20 }, new[] { 3, 4, 20 })]
    [InlineData(new[] { 3, 1 }, new[] { 1, 20 })]
    [InlineData(new[] { 20 }, new[] { 5, 1 })]
    [InlineData(new[] { 2, 1, 3, 1, 5 }, new[] { 4, 1, 6, 1 })]
    [InlineData(new[] { 1, 1 }, new[] { 1 })]
    [InlineData(new[] { 2, 5, 5, 3 }, new[] { 2, 1, 5, 1 })]
    public void Binary_AnyBroadcast_EqualsThePlainEvaluation(int[] first, int[] second)
    {
        foreach (var function in Functions)
        {
            foreach (var isSwapped in new[] { false, true })
            {
                foreach (var isConstant in new[] { false, true })
                {
                    var (a, b) = (Samples.Floats(1, isSwapped ? second : first), Samples.Floats(2, isSwapped ? first : second));
                    var builder = new GraphBuilder("net");
                    var x = builder.AddInput("x", DataType.Float32, a.Shape);
                    var y = isConstant ? GraphBuilder.Constant("y", b) : builder.AddInput("y", DataType.Float32, b.Shape);
                    builder.AddOutput("z", builder.Add("binary", new Binary(function), x, y));
                    Tensor[] inputs = isConstant ? [a] : [a, b];
                    var plan = PlanOf.Graph(builder.Build(), [.. inputs.Select(input => input.Shape)]);

                    Assert.Empty(plan.Steps.OfType<InterpretedStep>());
                    Nets.AssertNear(
                        OperatorRun.One(new Binary(function), a, b), (Tensor)plan.Run(inputs, TestContext.Current.CancellationToken)[0], $"{function}", 1e-6f);
                }
            }
        }
    }

    private static void Check(Graph graph, Tensor x, string what, float tolerance = 2e-5f)
    {
        var plan = PlanOf.Graph(graph, x.Shape);

        Assert.Empty(plan.Steps.OfType<InterpretedStep>());
        Nets.AssertNear(Nets.Interpret(graph, x), (Tensor)plan.Run([x], TestContext.Current.CancellationToken)[0], what, tolerance);
    }
}
