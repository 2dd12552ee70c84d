using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Network;

public sealed class EinsumTests
{
    [Theory]
    [InlineData("ij->ij", new[] { 3, 4 })]
    [InlineData("ij->", new[] { 3, 4 })]
    [InlineData("abc->ca", new[] { 2, 3, 4 })]
    [InlineData("iii->i", new[] { 3, 3, 3 })]
    [InlineData("biji->jb", new[] { 2, 3, 4, 3 })]
    [InlineData("ii->", new[] { 5, 5 })]
    [InlineData("i->iii", new[] { 3 })]
    [InlineData("ab->bab", new[] { 2, 3 })]
    [InlineData("->", new int[0])]
    public void Run_OneInput_EqualsTheSumOverAllLabels(string equation, int[] shape) => Check(equation, Samples.Floats(1, shape));

    [Theory]
    [InlineData("ij,jk->ik", new[] { 3, 5 }, new[] { 5, 4 })]
    [InlineData("Ab,cb->cA", new[] { 3, 5 }, new[] { 4, 5 })]
    [InlineData("i,j->ji", new[] { 3 }, new[] { 4 })]
    [InlineData("i,i->", new[] { 7 }, new[] { 7 })]
    [InlineData(",->", new int[0], new int[0])]
    [InlineData(",ab->ba", new int[0], new[] { 2, 3 })]
    [InlineData("abc,cde->abde", new[] { 2, 5, 8 }, new[] { 8, 2, 4 })]
    [InlineData("abcd,cde->abe", new[] { 2, 5, 2, 4 }, new[] { 2, 4, 8 })]
    [InlineData("abcd,dce->eab", new[] { 2, 5, 3, 4 }, new[] { 4, 3, 8 })]
    [InlineData("aecd,abcd->acbe", new[] { 2, 5, 2, 4 }, new[] { 2, 6, 2, 4 })]
    [InlineData("acbe,aecd->abcd", new[] { 2, 2, 6, 5 }, new[] { 2, 5, 2, 4 })]
    [InlineData("bii,bij->ji", new[] { 2, 3, 3 }, new[] { 2, 3, 4 })]
    [InlineData("abc,bd->ad", new[] { 2, 3, 4 }, new[] { 3, 5 })]
    [InlineData("ab,cd->bc", new[] { 2, 3 }, new[] { 4, 5 })]
    [InlineData("ab,ab->ab", new[] { 2, 3 }, new[] { 2, 3 })]
    [InlineData("ab,bc->aacc", new[] { 2, 3 }, new[] { 3, 4 })]
    [InlineData("ab,b->a", new[] { 0, 3 }, new[] { 3 })]
    [InlineData("ab,b->a", new[] { 2, 0 }, new[] { 0 })]
    public void Run_TwoInputs_EqualsTheSumOverAllLabels(string equation, int[] left, int[] right) =>
        Check(equation, Samples.Floats(1, left), Samples.Floats(2, right));

    [Theory]
    [InlineData("...ij,...jk->...ik", "zyij,yjk->zyik", new[] { 2, 3, 4, 5 }, new[] { 3, 5, 2 })]
    [InlineData("i...j,j...k->...ki", "izyj,jyk->zyki", new[] { 2, 3, 4, 5 }, new[] { 5, 4, 2 })]
    [InlineData("...x,xy->...y", "abx,xy->aby", new[] { 2, 3, 4 }, new[] { 4, 5 })]
    [InlineData("...ij,jk->ik...", "ij,jk->ik", new[] { 2, 3 }, new[] { 3, 4 })]
    [InlineData("i...i->...i", "ijki->jki", new[] { 3, 2, 4, 3 }, null)]
    [InlineData("...,...->...", "xy,y->xy", new[] { 2, 3 }, new[] { 3 })]
    public void Run_Ellipsis_StandsForTheUnnamedDimensions(string equation, string named, int[] left, int[]? right)
    {
        Tensor[] inputs = right is null ? [Samples.Floats(1, left)] : [Samples.Floats(1, left), Samples.Floats(2, right)];

        var got = OperatorRun.One(new Einsum(equation), inputs);

        Nets.AssertNear(Naive(named, inputs), got, equation, 1e-6f);
    }

    [Fact]
    public void Run_EllipsesOfSizeOne_Broadcast()
    {
        var (left, right) = (Samples.Floats(1, 4, 1, 3), Samples.Floats(2, 1, 5, 3));

        var got = OperatorRun.One(new Einsum("...i,...i->..."), left, right);

        var want = NaiveIndex.Build(Shape.Of(4, 5), i => Enumerable.Range(0, 3).Sum(k => NaiveIndex.At<float>(left, i[0], i[1], k) * NaiveIndex.At<float>(right, i[0], i[1], k)));
        Nets.AssertNear(want, got, "broadcast", 1e-6f);
    }

    [Fact]
    public void Run_Integers_AreExact() => Assert.Equal(
        [20, 23, 26, 29, 56, 68, 80, 92],
        OperatorRun.One(new Einsum("ab,bc->ac"), Samples.Counting(2, 3), Samples.Counting(3, 4)).Elements<int>());

    [Fact]
    public void Run_NaNAndInfinity_GoIntoTheSumsTheyBelongTo()
    {
        var left = Tensor.From(Shape.Of(2, 2), 1f, float.NaN, float.PositiveInfinity, 1f);

        Assert.Equal([float.NaN, float.PositiveInfinity], OperatorRun.One(new Einsum("ab,b->a"), left, Tensor.Vector(1f, 1f)).Elements<float>());
    }

    [Theory]
    [InlineData("ij,jk", "0 '->'")]
    [InlineData("ij->jk->i", "2 '->'")]
    [InlineData("ij->i", "1 inputs, there are 2")]
    [InlineData("ij,jk,kl->il", "3 inputs, there are 2")]
    [InlineData("ij,jk->im", "'m'")]
    [InlineData("ij,j1->i", "'j1'")]
    [InlineData("ij, jk->ik", "' jk'")]
    [InlineData("..ij,jk->ik", "'..ij'")]
    [InlineData("....ij,jk->ik", "'....ij'")]
    [InlineData("...i...j,jk->ik", "'...i...j'")]
    [InlineData("ijk,jk->ik", "3 dimensions of input 0")]
    [InlineData("i,jk->ik", "1 dimensions of input 0")]
    [InlineData("ij,ik->k", "size of 'i' is 2 here and 3 there")]
    [InlineData("ii,ik->k", "size of 'i' is 2 here and 3 there")]
    [InlineData("i...,jk->ik", "leaves out the 1 dimensions")]
    [InlineData("i...,...k->i...k", "cannot be broadcast")]
    public void Run_WhatIsNoEquationForTheInputs_IsRefused(string equation, string problem)
    {
        var error = OperatorRun.Refused<InvalidNodeException>(new Einsum(equation), Samples.Floats(1, 2, 3), equation.Contains("...k", StringComparison.Ordinal) ? Samples.Floats(2, 4, 4) : Samples.Floats(2, 3, 4));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("node", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infer_PartlyKnownShapes_GiveWhatFollows()
    {
        Assert.Equal("[?, 3, 5, 4]", Inferred("abc,cde->adeb", PartialShape.Of(-1, 4, 2), PartialShape.Of(2, 3, 5)));
        Assert.Equal("[?, 7]", Inferred("ab,bc->ac", PartialShape.Unknown, PartialShape.Of(-1, 7)));
        Assert.Equal("[6, ?]", Inferred("ab,ab->ab", PartialShape.Of(-1, -1), PartialShape.Of(6, -1)));
        Assert.Equal("[...]", Inferred("...b,bc->...c", PartialShape.Unknown, PartialShape.Of(3, 7)));
        Assert.Equal("[2, ?, 7]", Inferred("...b,bc->...c", PartialShape.Of(2, -1, 3), PartialShape.Of(3, 7)));
    }

    private static string Inferred(string equation, PartialShape left, PartialShape right)
    {
        var builder = new GraphBuilder("einsum");
        return builder.Add("node", new Einsum(equation), builder.AddInput("a", DataType.Float32, left), builder.AddInput("b", DataType.Float32, right)).Shape.ToString();
    }

    private static void Check(string equation, params Tensor[] inputs) => Nets.AssertNear(Naive(equation, inputs), OperatorRun.One(new Einsum(equation), inputs), equation, 1e-6f);

    /// <summary>The sum, in double precision, of products over every choice of numbers for the labels.</summary>
    private static Tensor Naive(string equation, params Tensor[] inputs)
    {
        var sides = equation.Split("->");
        var subscripts = sides[0].Split(',');
        var sizes = new SortedDictionary<char, int>();
        foreach (var (subscript, input) in subscripts.Zip(inputs))
        {
            for (var d = 0; d < subscript.Length; d++)
            {
                sizes[subscript[d]] = input.Shape[d];
            }
        }

        char[] labels = [.. sizes.Keys];
        return NaiveIndex.Build(Shape.Of([.. sides[1].Select(label => sizes[label])]), index =>
        {
            double sum = 0;
            var all = Shape.Of([.. sizes.Values]);
            for (var i = 0; i < all.ElementCount; i++)
            {
                var place = new Dictionary<char, int>();
                for (var (rest, d) = (i, labels.Length - 1); d >= 0; d--)
                {
                    (rest, place[labels[d]]) = Math.DivRem(rest, sizes[labels[d]]);
                }

                if (sides[1].Zip(index).All(pair => place[pair.First] == pair.Second))
                {
                    sum += subscripts.Zip(inputs).Aggregate(1.0, (product, pair) => product * NaiveIndex.At<float>(pair.Second, [.. pair.First.Select(label => place[label])]));
                }
            }

            return (float)sum;
        });
    }
}
