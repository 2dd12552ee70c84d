using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution;

public sealed class InferenceSessionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_SmallNet_GivesSpecifiedOutputs()
    {
        var session = new InferenceSession(SmallNet.Build());

        var outputs = session.Run(SmallNet.Feed(1), Token);

        Assert.Equal(["picture: Float32[?, 12, 10, 3]"], session.Inputs.Select(i => i.ToString()));
        Assert.Equal(["scores: Float32[?, 5]"], session.Outputs.Select(o => o.ToString()));
        var scores = (Tensor)Assert.Single(outputs).Value;
        Assert.Equal(Shape.Of(2, 5), scores.Shape);
        Assert.Equal(1, scores.Elements<float>()[..5].ToArray().Sum(), 1e-5);
    }

    [Fact]
    public async Task Run_SixteenThreads_GiveEqualBits()
    {
        var session = new InferenceSession(SmallNet.Build());
        var feeds = Enumerable.Range(0, 16).Select(SmallNet.Feed).ToArray();
        var expected = feeds.Select(f => Scores(session.Run(f, Token))).ToArray();
        using var start = new ManualResetEventSlim();

        var runs = feeds.Select(f => Task.Factory.StartNew(
            () =>
            {
                start.Wait(Token);
                return Enumerable.Range(0, 20).Select(_ => Scores(session.Run(f, Token))).ToArray();
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        start.Set();
        var results = await Task.WhenAll(runs);

        for (var i = 0; i < feeds.Length; i++)
        {
            Assert.All(results[i], r => Assert.Equal(expected[i], r));
        }
    }

    [Fact]
    public void Run_NaNPixel_GivesNaNScores()
    {
        var session = new InferenceSession(SmallNet.Build());
        var feed = SmallNet.Feed(1);
        ((Tensor)feed["picture"]).Elements<float>()[0] = float.NaN;

        var scores = Scores(session.Run(feed, Token));

        Assert.All(scores.Take(5), s => Assert.True(float.IsNaN(BitConverter.Int32BitsToSingle(s))));
        Assert.All(scores.Skip(5), s => Assert.False(float.IsNaN(BitConverter.Int32BitsToSingle(s))));
    }

    [Fact]
    public void Run_WrongInputs_NameInputAndBothShapes()
    {
        var session = new InferenceSession(SmallNet.Build());
        Exception Refused(RuntimeValue value) => Assert.Throws<InvalidSessionInputException>(
            () => session.Run(new Dictionary<string, RuntimeValue> { ["picture"] = value }, Token));

        var shape = Refused(Tensor.Zeros(DataType.Float32, Shape.Of(1, 12, 11, 3)));
        var type = Refused(Tensor.Zeros(DataType.UInt8, Shape.Of(1, 12, 10, 3)));
        var rank = Refused(Tensor.Zeros(DataType.Float32, Shape.Of(12, 10, 3)));

        Assert.Contains("'picture'", shape.Message, StringComparison.Ordinal);
        Assert.Contains("[1, 12, 11, 3]", shape.Message, StringComparison.Ordinal);
        Assert.Contains("[?, 12, 10, 3]", shape.Message, StringComparison.Ordinal);
        Assert.Contains("UInt8", type.Message, StringComparison.Ordinal);
        Assert.Contains("Float32", type.Message, StringComparison.Ordinal);
        Assert.Contains("[12, 10, 3]", rank.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingOrUnknownInput_IsNamed()
    {
        var session = new InferenceSession(SmallNet.Build());

        var missing = Assert.Throws<InvalidSessionInputException>(() => session.Run(new Dictionary<string, RuntimeValue>(), Token));
        var feed = SmallNet.Feed(1);
        feed["image"] = feed["picture"];
        var unknown = Assert.Throws<InvalidSessionInputException>(() => session.Run(feed, Token));

        Assert.Equal("picture", missing.Input);
        Assert.Equal("image", unknown.Input);
    }

    [Fact]
    public void Run_CancelledBefore_Throws()
    {
        var session = new InferenceSession(SmallNet.Build());

        Assert.ThrowsAny<OperationCanceledException>(() => session.Run(SmallNet.Feed(1), new CancellationToken(true)));
    }

    [Fact]
    public async Task Run_CancelledInsideALongNode_StopsSoon()
    {
        var builder = new GraphBuilder("long");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(4096, 4096));
        builder.AddOutput("y", builder.Add("product", new MatMul(false, false), x, x));
        var session = new InferenceSession(builder.Build());
        var feed = new Dictionary<string, RuntimeValue> { ["x"] = Tensor.Zeros(DataType.Float32, Shape.Of(4096, 4096)) };
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var started = new ManualResetEventSlim();

        var run = Task.Factory.StartNew(
            () =>
            {
                started.Set();
                session.Run(feed, source.Token);
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        started.Wait(Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Theory]
    [InlineData(false, "'conv'")]
    [InlineData(true, "'small net' on [2, 12, 10, 3]")]
    public void Run_MoreMemoryThanAllowed_IsRefusedByPlace(bool usePlans, string place)
    {
        var session = new InferenceSession(SmallNet.Build(), new SessionOptions { MaxRunBytes = 6_000, UsePlans = usePlans });

        var error = Assert.Throws<MemoryLimitExceededException>(() => session.Run(SmallNet.Feed(1), Token));

        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Equal(6_000, error.Limit);
        Assert.True(error.Needed > error.Limit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_LongChain_HoldsOnlyWhatIsStillNeeded(bool usePlans)
    {
        var builder = new GraphBuilder("chain");
        var value = builder.AddInput("x", DataType.Float32, PartialShape.Of(1000));
        for (var i = 0; i < 50; i++)
        {
            value = builder.Add($"n{i}", new Unary(UnaryFunction.Negate), value);
        }

        builder.AddOutput("y", value);
        var session = new InferenceSession(builder.Build(), new SessionOptions { MaxRunBytes = 12_100, UsePlans = usePlans });

        var outputs = session.Run(new Dictionary<string, RuntimeValue> { ["x"] = Tensor.Zeros(DataType.Float32, Shape.Of(1000)) }, Token);

        Assert.Single(outputs);
    }

    [Fact]
    public void Constructor_ConstantsLongerThanAllowed_AreNotLoaded()
    {
        var source = new CountingSource(1000);
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(1000));
        builder.AddOutput("y", builder.Add("sum", new Binary(BinaryFunction.Add), x, GraphBuilder.Constant("w", source)));
        var graph = builder.Build();

        var error = Assert.Throws<MemoryLimitExceededException>(() => new InferenceSession(graph, new SessionOptions { MaxConstantBytes = 3999 }));

        Assert.Equal(4000, error.Needed);
        Assert.Equal(0, source.Loads);
    }

    [Fact]
    public void Constructor_SourceSharedByTwoValues_IsLoadedOnce()
    {
        var source = new CountingSource(1 << 20);
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(1 << 20));
        var first = builder.Add("first", new Binary(BinaryFunction.Add), x, GraphBuilder.Constant("a", source));
        builder.AddOutput("y", builder.Add("second", new Binary(BinaryFunction.Add), first, GraphBuilder.Constant("b", source)));

        _ = new InferenceSession(builder.Build());

        Assert.Equal(1, source.Loads);
    }

    [Fact]
    public void Run_OutputThatIsAConstantOrAnInput_IsACopy()
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(2));
        builder.AddOutput("same", builder.Add("identity", new Identity(), x));
        builder.AddOutput("constant", GraphBuilder.Constant("c", Tensor.Vector(1f, 2f)));
        var session = new InferenceSession(builder.Build());
        var feed = new Dictionary<string, RuntimeValue> { ["x"] = Tensor.Vector(3f, 4f) };

        var first = session.Run(feed, Token);
        ((Tensor)first["same"]).Elements<float>()[0] = 9;
        ((Tensor)first["constant"]).Elements<float>()[0] = 9;
        var second = session.Run(feed, Token);

        Assert.Equal([3f, 4f], ((Tensor)second["same"]).Elements<float>());
        Assert.Equal([1f, 2f], ((Tensor)second["constant"]).Elements<float>());
    }

    private static int[] Scores(IReadOnlyDictionary<string, RuntimeValue> outputs) =>
        [.. ((Tensor)outputs["scores"]).Elements<float>().ToArray().Select(BitConverter.SingleToInt32Bits)];

    private sealed class CountingSource : NumericConstantSource
    {
        public CountingSource(int count)
            : base(DataType.Float32, Shape.Of(count))
        {
        }

        public int Loads { get; private set; }

        protected override void ReadCore(long offset, Span<byte> destination)
        {
            Loads++;
            destination.Clear();
        }
    }
}
