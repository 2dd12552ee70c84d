using Pipeline.Inference.Execution.Plans.Products;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Products;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution.Plans;

/// <summary>Products of two values that are both known in a run only: in guarded memory, in one share and in several, against the plain evaluation.</summary>
public sealed class ProductStepTests
{
    public static TheoryData<string, int[], int[]> Products() => new()
    {
        { "ij,jk->ik", [9, 5], [5, 40] },
        { "ij,jk->ik", [1, 50], [50, 37] },
        { "ij,jk->ki", [9, 5], [5, 40] },
        { "ji,jk->ik", [5, 9], [5, 40] },
        { "ij,kj->ik", [9, 5], [40, 5] },
        { "aecd,abcd->acbe", [2, 17, 3, 8], [2, 19, 3, 8] },
        { "acbe,aecd->abcd", [2, 3, 19, 17], [2, 17, 3, 8] },
        { "BTNH,BSNH->BNTS", [1, 18, 2, 5], [1, 16, 2, 5] },
        { "bhwc,hkc->bhwk", [2, 3, 4, 5], [3, 6, 5] },
        { "abcd,cde->abe", [2, 5, 2, 4], [2, 4, 8] },
        { "abcd,dce->abe", [2, 5, 3, 4], [4, 3, 8] },
        { "bii,bij->bj", [2, 3, 3], [2, 3, 4] },
        { "ab,b->a", [33, 20], [20] },
        { "a,ab->b", [20], [20, 33] },
        { "i,i->", [70], [70] },
        { "i,j->ij", [7], [20] },
        { "ab,->ab", [7, 9], [] },
        { "abcdefg,hgfi->abcdehi", [2, 1, 2, 3, 1, 2, 5], [2, 5, 2, 17] },
    };

    [Theory]
    [MemberData(nameof(Products))]
    public void Run_AnyOrderOfDimensions_EqualsThePlainEvaluation(string equation, int[] first, int[] second)
    {
        var sides = equation.Replace("->", ",", StringComparison.Ordinal).Split(',').Select(labels => labels.Select(label => (int)label).ToArray()).ToArray();
        var (a, b) = (Samples.Floats(1, first), Samples.Floats(2, second));
        var want = OperatorRun.One(new Einsum(equation), a, b);
        var form = ProductAnalysis.TryFind(new ProductOperand(sides[0], a.Shape), new ProductOperand(sides[1], b.Shape), new ProductOperand(sides[2], want.Shape));

        Assert.NotNull(form);
        Assert.Equal((long)want.Shape.ElementCount * form.Shape.Depth, form.Shape.MultiplyAdds);
        float[]? once = null;
        foreach (var shares in new[] { 1, 2, 5 })
        {
            using var run = new StepRun();
            var left = run.Plain(form.IsSwapped ? second : first);
            var right = run.Plain(form.IsSwapped ? first : second);
            var panels = run.Plain(form.Shape.RightMatrices, form.Shape.Panels, form.Shape.Depth, 16);
            var output = run.Plain([.. want.Shape.Dimensions]);
            (form.IsSwapped ? b : a).Elements<float>().CopyTo(run.Memory(left));
            (form.IsSwapped ? a : b).Elements<float>().CopyTo(run.Memory(right));
            run.Memory(panels).Fill(float.NaN);
            run.Memory(output).Fill(float.NaN);
            var bias = new Pipeline.Inference.Execution.Plans.PackedWeights(form.Shape.Panels * 16);

            Run(run, new PackStep(form.Shape, right, panels), shares);
            Run(run, new ProductStep("product", form.Shape, ProductTiles.Select(KernelTiers.Live), left, panels, new ProductEpilogue(bias, null, null, default), output), shares);

            var got = run.Elements(output);
            Nets.AssertNear(want, Tensor.From<float>(want.Shape, got), $"{equation} in {shares} shares", 1e-6f);
            Assert.Equal(once ??= got, got);
        }
    }

    [Theory]
    [InlineData(1, 300, 500)]
    [InlineData(4, 10, 1000)]
    [InlineData(100, 64, 48)]
    public void Run_RowsWithPackedWeights_GiveTheSameBitsInAnyShares(int rows, int depth, int columns)
    {
        using var run = new StepRun();
        var (left, residual, output) = (run.Plain(rows, depth), run.Plain(rows, columns), run.Plain(rows, columns));
        var panels = run.Plain((columns + 15) / 16, depth, 16);
        var scale = new Pipeline.Inference.Execution.Plans.PackedWeights((columns + 15) / 16 * 16);
        scale.Span.Fill(0.5f);
        foreach (var value in new[] { left, residual, panels })
        {
            run.Fill(value, rows + value.Shape.Rank);
        }

        var epilogue = new ProductEpilogue(new Pipeline.Inference.Execution.Plans.PackedWeights(scale.Span.Length), scale, residual, default);
        var step = new ProductStep("product", ProductShape.OfRows(rows, depth, columns), ProductTiles.Select(KernelTiers.Live), left, panels, epilogue, output);
        Run(run, step, 1);
        var once = run.Elements(output);

        Assert.True(step.Units >= 8, $"{step.Units} units");
        foreach (var shares in new[] { 2, 3, step.Units })
        {
            run.Memory(output).Fill(float.NaN);
            Run(run, step, shares);
            Assert.Equal(once, run.Elements(output));
        }
    }

    [Theory]
    [InlineData("ii,ij->jj")]
    [InlineData("ik,ij->ij")]
    public void TryFind_WhatIsNoProductOfMatrices_IsNull(string equation)
    {
        var sides = equation.Replace("->", ",", StringComparison.Ordinal).Split(',').Select(labels => labels.Select(label => (int)label).ToArray()).ToArray();

        Assert.Null(ProductAnalysis.TryFind(new ProductOperand(sides[0], Shape.Of(3, 3)), new ProductOperand(sides[1], Shape.Of(3, 3)), new ProductOperand(sides[2], Shape.Of(3, 3))));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Plan_MatMulWithBroadcastBatches_HasNoInterpretedStep(bool transposeA, bool transposeB)
    {
        var (a, b) = (transposeA ? Samples.Floats(1, 2, 1, 4, 9) : Samples.Floats(1, 2, 1, 9, 4), transposeB ? Samples.Floats(2, 3, 20, 4) : Samples.Floats(2, 3, 4, 20));
        var builder = new GraphBuilder("net");
        var (x, y) = (builder.AddInput("x", DataType.Float32, a.Shape), builder.AddInput("y", DataType.Float32, b.Shape));
        builder.AddOutput("z", builder.Add("product", new MatMul(transposeA, transposeB), x, y));
        var plan = PlanOf.Graph(builder.Build(), a.Shape, b.Shape);

        Assert.Empty(plan.Steps.OfType<InterpretedStep>());
        Nets.AssertNear(OperatorRun.One(new MatMul(transposeA, transposeB), a, b), (Tensor)plan.Run([a, b], TestContext.Current.CancellationToken)[0], "product");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Plan_RowsThroughProductsAndNormalisation_HasNoInterpretedStep(int rows)
    {
        var graph = Nets.Build([-1, 20], (b, x) =>
        {
            var normal = b.Add("norm", new LayerNormalization(1e-3f), x, Nets.Weights(1, 20), Nets.Weights(2, 20));
            var wide = b.Add("wide", new Dense(false, ValueRange.Unbounded), normal, Nets.Weights(3, 20, 70), Nets.Weights(4, 70));
            var back = b.Add("back", new Dense(true, ValueRange.Unbounded), b.Add("gelu", new Unary(UnaryFunction.Gelu), wide), Nets.Weights(5, 20, 70), Nets.Weights(6, 20));
            var scaled = b.Add("scale", new Binary(BinaryFunction.Multiply), back, Nets.Weights(7, 20));
            return b.Add("softmax", new Softmax(), b.Add("sum", new Binary(BinaryFunction.Add), x, scaled));
        });
        var x = Samples.Floats(8, rows, 20);
        var plan = PlanOf.Graph(graph, x.Shape);

        Assert.Equal(["norm", "gelu", "sum", "softmax"], plan.Steps.Select(step => step.Name));
        Nets.AssertNear(Nets.Interpret(graph, x), (Tensor)plan.Run([x], TestContext.Current.CancellationToken)[0], "net");
    }

    /// <summary>A step is never asked for more shares than it says it has.</summary>
    private static void Run(StepRun run, Pipeline.Inference.Execution.Plans.PlanStep step, int shares) => run.Run(step, Math.Min(shares, step.Units));
}
