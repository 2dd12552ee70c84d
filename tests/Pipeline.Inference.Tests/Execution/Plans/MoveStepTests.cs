using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Moves;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution.Plans;

/// <summary>What only moves elements: in guarded memory, in one share and in several, equal to the plain evaluation bit for bit.</summary>
public sealed class MoveStepTests
{
    [Theory]
    [InlineData(new[] { 1, 0 }, new[] { 3, 5 })]
    [InlineData(new[] { 1, 0 }, new[] { 70, 300 })]
    [InlineData(new[] { 0, 3, 1, 2 }, new[] { 2, 5, 7, 19 })]
    [InlineData(new[] { 0, 2, 3, 1 }, new[] { 2, 19, 5, 7 })]
    [InlineData(new[] { 0, 2, 1, 3 }, new[] { 2, 17, 3, 8 })]
    [InlineData(new[] { 3, 2, 1, 0 }, new[] { 4, 3, 2, 5 })]
    [InlineData(new[] { 1, 2, 0 }, new[] { 1, 6, 1 })]
    [InlineData(new[] { 4, 1, 3, 0, 2 }, new[] { 3, 4, 2, 5, 6 })]
    public void Transpose_AnyOrder_MovesEachElement(int[] order, int[] shape) => Check(new Transpose(), [Samples.Floats(1, shape)], [Tensor.Vector<int>(order)]);

    [Fact]
    public void Slices_AnyPart_MoveEachElement()
    {
        var x = Samples.Floats(1, 3, 20, 7);
        Check(new Slice(), [x], [Tensor.Vector(1, 3, 0), Tensor.Vector(2, 11, -1)]);
        Check(new StridedSlice(0, 0, 0, 0, 0), [x], [Tensor.Vector(2, 19, 6), Tensor.Vector(-4, 2, -8), Tensor.Vector(-1, -3, -2)]);
        Check(new StridedSlice(1, 1, 0, 0, 2), [x], [Tensor.Vector(0, 5), Tensor.Vector(0, 0), Tensor.Vector(2, 1)]);
        Check(new StridedSlice(0, 0, 1, 4, 0), [x], [Tensor.Vector(0, 2, 0), Tensor.Vector(0, 5, 0), Tensor.Vector(1, 1, 1)]);
    }

    [Fact]
    public void Repetitions_AnyTimes_MoveEachElement()
    {
        Check(new Tile(), [Samples.Floats(1, 3, 1, 7)], [Tensor.Vector(2, 5, 3)]);
        Check(new Tile(), [Samples.Floats(1, 3, 20)], [Tensor.Vector(1, 4)]);
        Check(new BroadcastTo(), [Samples.Floats(1, 3, 1)], [Tensor.Vector(4, 3, 70)]);
        Check(new BroadcastTo(), [Samples.Floats(1, 1)], [Tensor.Vector(90)]);
    }

    [Fact]
    public void JoinsAndParts_AnyAxis_MoveEachElement()
    {
        for (var axis = -3; axis < 3; axis++)
        {
            Check(new Pack(axis), [Samples.Floats(1, 4, 17), Samples.Floats(2, 4, 17), Samples.Floats(3, 4, 17)], []);
            Check(new Unpack(axis, 4), [Samples.Floats(1, 4, 4, 4)], []);
            Check(new Split(3), [Samples.Floats(1, 6, 9, 33)], [Tensor.Scalar(axis)]);
            Check(new SplitSizes(3), [Samples.Floats(1, 7, 7, 7)], [Tensor.Vector(1, -1, 4), Tensor.Scalar(axis)]);
            var (a, b) = (Samples.Floats(1, 5, 6, 7), Samples.Floats(2, axis is 0 or -3 ? 2 : 5, axis is 1 or -2 ? 9 : 6, axis is 2 or -1 ? 18 : 7));
            Check(new Concat(), [a, b, a], [Tensor.Scalar(axis)]);
        }

        Check(new DepthToSpace(2), [Samples.Floats(1, 2, 3, 5, 12)], []);
        Check(new SpaceToDepth(3), [Samples.Floats(1, 2, 6, 9, 5)], []);
    }

    [Theory]
    [InlineData(0, new[] { 2, 0, 1 })]
    [InlineData(1, new[] { 3 })]
    [InlineData(1, new[] { 0, 1, 2, 4, 4, 3 })]
    [InlineData(-1, new[] { 6, 5, 0, 1, 2 })]
    public void Gather_KnownIndices_IsPlanned(int axis, int[] indices)
    {
        var graph = Nets.Build([-1, 5, 7], (b, x) => b.Add("gather", new Gather(0), x, Nets.Integers(indices), GraphBuilder.Constant("axis", Tensor.Scalar(axis))));
        var one = Nets.Build([-1, 5, 7], (b, x) => b.Add("gather", new Gather(0), x, GraphBuilder.Constant("index", Tensor.Scalar(indices[0])), GraphBuilder.Constant("axis", Tensor.Scalar(axis))));
        var x = Samples.Floats(2, 3, 5, 7);
        foreach (var net in new[] { graph, one })
        {
            var plan = PlanOf.Graph(net, x.Shape);
            var want = Nets.Interpret(net, x);
            var got = (Tensor)plan.Run([x], TestContext.Current.CancellationToken)[0];

            Assert.Empty(plan.Steps.OfType<InterpretedStep>());
            Assert.Equal(want.Shape, got.Shape);
            Assert.Equal(want.Elements<float>(), got.Elements<float>());
        }
    }

    [Fact]
    public void Gather_IndexOutside_IsRefusedByItsNode()
    {
        var graph = Nets.Build([-1, 5], (b, x) => b.Add("gather", new Gather(0), b.Add("tanh", new Unary(UnaryFunction.Tanh), x), Nets.Integers(5), GraphBuilder.Constant("axis", Tensor.Scalar(1))));

        var error = Assert.Throws<InvalidNodeException>(() => Nets.Run(new Pipeline.Inference.Execution.InferenceSession(graph), Samples.Floats(1, 2, 5)));

        Assert.Contains("gather", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Concat_ConstantAmongItsInputs_IsPlanned()
    {
        var graph = Nets.Build([2, 3, 4], (b, x) => b.Add("tokens", new Concat(), Nets.Weights(1, 2, 1, 4), x, GraphBuilder.Constant("axis", Tensor.Scalar(1))));
        var x = Samples.Floats(2, 2, 3, 4);
        var plan = PlanOf.Graph(graph, x.Shape);

        Assert.Empty(plan.Steps.OfType<InterpretedStep>());
        Assert.Equal(Nets.Interpret(graph, x).Elements<float>(), ((Tensor)plan.Run([x], TestContext.Current.CancellationToken)[0]).Elements<float>());
    }

    private static void Check(Operator @operator, Tensor[] values, Tensor[] controls)
    {
        var want = OperatorRun.All(@operator, [.. values, .. controls]).Cast<Tensor>().ToArray();
        var inputs = OperatorInputs.OfRun("node", @operator, [.. values, .. controls]);
        MoveBox[] boxes = [.. ((IStridedMoves)@operator).Moves(inputs, [.. want.Select(output => output.Shape)]).Select(MoveBox.Of).OfType<MoveBox>()];
        foreach (var shares in new[] { 1, 2, 7 })
        {
            using var run = new StepRun();
            PlanValue[] sources = [.. values.Select(value => run.Plain([.. value.Shape.Dimensions]))];
            PlanValue[] outputs = [.. want.Select(output => run.Plain([.. output.Shape.Dimensions]))];
            for (var index = 0; index < values.Length; index++)
            {
                values[index].Elements<float>().CopyTo(run.Memory(sources[index]));
            }

            foreach (var output in outputs)
            {
                run.Memory(output).Fill(float.NaN);
            }

            var step = new MoveStep("move", boxes, sources, outputs);
            run.Run(step, Math.Min(shares, step.Units));

            for (var index = 0; index < want.Length; index++)
            {
                Assert.Equal(want[index].Elements<float>(), run.Memory(outputs[index]));
            }
        }
    }
}
