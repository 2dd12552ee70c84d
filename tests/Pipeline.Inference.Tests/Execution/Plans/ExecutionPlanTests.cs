using Pipeline.Inference.Execution;
using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;
using static Pipeline.Inference.Tests.Support.Nets;

namespace Pipeline.Inference.Tests.Execution.Plans;

/// <summary>Plans beside the interpreter on small nets.</summary>
public sealed class ExecutionPlanTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_RandomNets_EqualTheInterpreter()
    {
        var seed = (int)(TimeProvider.System.GetTimestamp() & 0xFFFFFF);
        for (var round = 0; round < 150; round++)
        {
            var net = new RandomNet(seed + round);
            var graph = net.Build();
            var x = Samples.Floats(round, net.Input);

            AssertNear(Interpret(graph, x), Run(new InferenceSession(graph), x), $"seed {seed + round}", tolerance: 1e-4f);
        }
    }

    [Fact]
    public void Run_NodesWithoutKernels_AreInterpretedBetweenSteps()
    {
        var graph = Build([2, 6, 6, 3], (b, x) =>
        {
            var y = b.Add("conv", new Conv2D(One, One, Padding.Same, ValueRange.Relu), x, Weights(1, 3, 3, 3, 20));
            y = b.Add("turn", new Transpose(), y, Integers(0, 2, 1, 3));
            y = b.Add("log", new Unary(UnaryFunction.Log1p), y);
            y = b.Add("grouped", new Conv2D(One, One, Padding.Same, ValueRange.Relu), y, Weights(2, 3, 3, 10, 8));
            return b.Add("mean", new Reduce(ReduceFunction.Mean, false), y, Integers(1, 2));
        });
        var x = Samples.Floats(1, 2, 6, 6, 3);
        var plan = Compile(graph, x.Shape)!;

        Assert.Equal(["log"], plan.Steps.OfType<InterpretedStep>().Select(step => step.Name));
        Assert.Contains(plan.Steps, step => step is ConvolutionStep { Name: "conv", MultiplyAdds: 2 * 36 * 20 * 27 });
        AssertNear(Interpret(graph, x), (Tensor)plan.Run([x], Token)[0], "net");
    }

    [Fact]
    public void Run_LayerNormalisationAndDenseOverPixels_HaveKernels()
    {
        var graph = Build([-1, 5, 4, 24], (b, x) =>
        {
            var mean = b.Add("mean", new Reduce(ReduceFunction.Mean, true), x, Integers(3));
            var variance = b.Add("variance", new Reduce(ReduceFunction.Mean, true), b.Add("squares", new Binary(BinaryFunction.SquaredDifference), x, mean), Integers(-1));
            var factor = b.Add("rsqrt", new Unary(UnaryFunction.Rsqrt), b.Add("epsilon", new Binary(BinaryFunction.Add), variance, Number(1e-3f)));
            var y = b.Add("normal", new Binary(BinaryFunction.Multiply), b.Add("centred", new Binary(BinaryFunction.Subtract), x, mean), factor);
            y = b.Add("turn", new Transpose(), y, Integers(0, 1, 2, 3));
            y = b.Add("rows", new Reshape(), y, Integers(-1, 24));
            y = b.Add("product", new MatMul(false, false), y, Weights(1, 24, 40));
            y = b.Add("pixels", new Reshape(), y, Integers(-1, 5, 4, 40));
            return b.Add("bias", new BiasAdd(), y, Weights(2, 40));
        });
        var x = Samples.Floats(1, 3, 5, 4, 24);
        var plan = Compile(graph, x.Shape)!;

        Assert.Empty(plan.Steps.OfType<InterpretedStep>());
        AssertNear(Interpret(graph, x), (Tensor)plan.Run([x], Token)[0], "net");
    }

    [Fact]
    public void Run_OtherTypesInAndOut_KeepTheirBits()
    {
        var graph = Build(DataType.UInt8, [-1, 8, 8, 3], (b, x) =>
        {
            var y = b.Add("cast", new Cast(DataType.Float32), x);
            y = b.Add("scale", new Binary(BinaryFunction.Multiply), y, Number(1f / 255));
            y = b.Add("conv", new Conv2D(new Extent2D(2, 2), One, Padding.Same, ValueRange.Relu), y, Weights(1, 3, 3, 3, 5));
            y = b.Add("mean", new Reduce(ReduceFunction.Mean, false), y, Integers(1, 2));
            return b.Add("best", new ArgReduce(ArgFunction.Maximum, DataType.Int64), y, Integers(1));
        });
        var random = new Random(3);
        var x = Tensor.Uninitialized(DataType.UInt8, Shape.Of(4, 8, 8, 3));
        random.NextBytes(x.Bytes);
        var session = new InferenceSession(graph);

        Assert.NotNull(Compile(graph, x.Shape));
        Assert.Equal(Interpret(graph, x).Bytes, Run(session, x).Bytes);
        Assert.Equal(Run(session, x).Bytes, Run(session, x).Bytes);
    }

    [Fact]
    public void Run_BitsOfAFloat_OutliveTheArena()
    {
        var graph = Build([2, 3, 3, 20], (b, x) =>
        {
            var y = b.Add("scaled", new Binary(BinaryFunction.Multiply), x, Weights(1, 20));
            y = b.Add("flat", new Reshape(), y, Integers(-1));
            var count = b.Add("size", new Cast(DataType.Int32), y);
            y = b.Add("more", new Unary(UnaryFunction.Exp), y);
            y = b.Add("again", new Unary(UnaryFunction.Exp), y);
            return b.Add("sum", new Binary(BinaryFunction.Add), count, b.Add("back", new Cast(DataType.Int32), y));
        });
        var x = Samples.Floats(1, 2, 3, 3, 20);

        AssertNear(Interpret(graph, x), Run(new InferenceSession(graph), x), "net");
    }

    [Fact]
    public void TryCompile_ShapeThatDependsOnValues_IsNull()
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(2, 6));
        var shape = builder.AddInput("shape", DataType.Int32, PartialShape.Of(2));
        builder.AddOutput("y", builder.Add("reshape", new Reshape(), builder.Add("tanh", new Unary(UnaryFunction.Tanh), x), shape));
        var graph = builder.Build();
        var feed = new Dictionary<string, RuntimeValue> { ["x"] = Samples.Floats(1, 2, 6), ["shape"] = Tensor.Vector(3, 4) };

        Assert.Null(Compile(graph, Shape.Of(2, 6), Shape.Of(2)));
        Assert.Equal(Shape.Of(3, 4), new InferenceSession(graph).Run(feed, Token)["y"].Shape);
    }

    [Theory]
    [InlineData(1, 20_000, 20_000)]
    [InlineData(1, 1, 500_000_000)]
    [InlineData(40_000, 100, 100)]
    public void Find_AbsurdShape_IsRefusedBeforeMemoryIsTaken(int n, int height, int width)
    {
        var graph = Build([-1, -1, -1, 1], (b, x) =>
            b.Add("mean", new Reduce(ReduceFunction.Mean, false), b.Add("conv", new Conv2D(One, One, Padding.Same, ValueRange.Relu), x, Weights(1, 3, 3, 1, 64)), Integers(1, 2)));
        var cache = new PlanCache(Passes.Fold(graph, 1 << 20), SessionOptions.Default);
        var x = Tensor.Wrap(DataType.Float32, Shape.Of(n, height, width, 1), new NoMemory(n * height * width * sizeof(float)).Memory);

        var error = Record.Exception(() => cache.Find([x]));

        Assert.True(error is MemoryLimitExceededException or InvalidNodeException, error?.ToString());
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void TryCompile_TapsFurtherApartThanAnyMemory_IsRefused()
    {
        var apart = new DepthwiseConv2D(One, new Extent2D(int.MaxValue, 1), Padding.Same, ValueRange.Unbounded);
        var graph = Build([1, 6, 2, 6], (b, x) => b.Add("apart", apart, x, Weights(1, 2, 3, 6, 1)));

        Assert.Throws<MemoryLimitExceededException>(() => Compile(graph, Shape.Of(1, 6, 2, 6)));
    }

    [Fact]
    public async Task Run_SixtyFourRequestsAtOnce_GiveASingleThreadsBits()
    {
        var session = new InferenceSession(SmallNet.Build());
        var feeds = Enumerable.Range(0, 64).Select(SmallNet.Feed).ToArray();
        var expected = feeds.Select(feed => ((Tensor)session.Run(feed, Token)["scores"]).Bytes.ToArray()).ToArray();
        using var start = new ManualResetEventSlim();

        var runs = feeds.Select(feed => Task.Factory.StartNew(
            () =>
            {
                start.Wait(Token);
                return Enumerable.Range(0, 20).Select(_ => ((Tensor)session.Run(feed, Token)["scores"]).Bytes.ToArray()).ToArray();
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        start.Set();
        var results = await Task.WhenAll(runs);

        for (var index = 0; index < results.Length; index++)
        {
            Assert.All(results[index], bits => Assert.Equal(expected[index], bits));
        }
    }

    [Fact]
    public void Run_Steady_AllocatesTheResultsOnly()
    {
        // An array of one result, and its tensor: the object, its array's header, and five numbers.
        const int Results = 256;
        var graph = SmallNet.Build();
        RuntimeValue[] inputs = [SmallNet.Feed(1)["picture"]];
        var plan = Compile(graph, inputs[0].Shape)!;
        for (var warm = 0; warm < 100; warm++)
        {
            plan.Run(inputs, Token);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 100; run++)
        {
            plan.Run(inputs, Token);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, Results);
    }

    [Fact]
    public void Run_CancelledBetweenSteps_Stops()
    {
        using var source = new CancellationTokenSource();
        var value = new PlanValue("v", Shape.Of(1), Layout.Plain(Shape.Of(1)));
        var last = new CountingStep(value, () => { });
        PlanStep[] steps = [new CountingStep(value, source.Cancel), last];
        var plan = new ExecutionPlan(steps, [], [value], 64, 0, new PlanResources(SessionOptions.Default));

        Assert.Throws<OperationCanceledException>(() => plan.Run([], source.Token));
        Assert.Equal(0, last.Runs);
    }

    private static ExecutionPlan? Compile(Graph graph, params Shape[] shapes) => PlanCompiler.TryCompile(
        Passes.Specialize(Passes.Apply(Passes.Fold(graph, 1 << 20), Passes.OfAnyShape), shapes, 1 << 20, Passes.OfConcreteShapes), new PlanResources(SessionOptions.Default));

    private sealed class CountingStep(PlanValue value, Action action) : PlanStep("count", [], [value])
    {
        public int Runs { get; private set; }

        public override void Run(in PlanRun run, int share, int shares)
        {
            Runs++;
            action();
        }
    }
}
