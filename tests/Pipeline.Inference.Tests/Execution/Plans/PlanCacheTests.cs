using Pipeline.Inference.Execution;
using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;
using static Pipeline.Inference.Tests.Support.Nets;

namespace Pipeline.Inference.Tests.Execution.Plans;

public sealed class PlanCacheTests
{
    [Fact]
    public void Find_MoreShapesThanKept_LetsTheLeastRecentlyUsedGo()
    {
        var cache = Cache(maxPlans: 2);
        var (small, middle, large) = (Picture(4), Picture(5), Picture(6));

        var first = cache.Find(small);
        var second = cache.Find(middle);
        Assert.Same(first, cache.Find(small));
        cache.Find(large);

        Assert.Equal(2, cache.Count);
        Assert.Same(first, cache.Find(small));
        Assert.NotSame(second, cache.Find(middle));
    }

    [Fact]
    public void Find_AnotherShape_ReadsNoWeightAgain()
    {
        var source = new FlakySource(Shape.Of(3, 3, 3, 8));
        var cache = Cache(source);

        cache.Find(Picture(4));
        var reads = source.Reads;
        cache.Find(Picture(5));

        Assert.True(reads > 0);
        Assert.Equal(reads, source.Reads);
    }

    [Fact]
    public void Find_FileThatCouldNotBeRead_IsTriedAgain()
    {
        var source = new FlakySource(Shape.Of(3, 3, 3, 8)) { Broken = true };
        var cache = Cache(source);

        Assert.Throws<IOException>(() => cache.Find(Picture(4)));
        Assert.Equal(0, cache.Count);
        source.Broken = false;

        Assert.NotNull(cache.Find(Picture(4)));
    }

    [Fact]
    public void Session_BrokenWeightOfAPlan_IsFoundWhenItIsMade()
    {
        var graph = Graph(new FlakySource(Shape.Of(3, 3, 3, 8)) { Broken = true }, height: 4);

        Assert.Throws<IOException>(() => new InferenceSession(graph));
    }

    [Fact]
    public void Session_ModelForOneNumberOfPicturesOnly_IsMadeAndRuns()
    {
        var graph = Build([-1, 4, 4, 3], (b, x) =>
        {
            var y = b.Add("conv", new Conv2D(One, One, Padding.Same, ValueRange.Relu), x, Weights(1, 3, 3, 3, 8));
            return b.Add("four", new Reshape(), y, Integers(4, 4, 32));
        });
        var x = Samples.Floats(1, 4, 4, 4, 3);

        AssertNear(Interpret(graph, x), Run(new InferenceSession(graph), x), "net");
    }

    [Fact]
    public void Find_WeightThatPacksIntoMoreThanAllowed_IsRefused()
    {
        var graph = Build([-1, 4, 4, 3000], (b, x) => b.Add("conv", new Conv2D(One, One, Padding.Same, ValueRange.Relu), x, Weights(1, 1, 1, 3000, 1)));
        var cache = new PlanCache(Passes.Fold(graph, 1 << 20), new SessionOptions { MaxConstantBytes = 20_000 });

        var error = Assert.Throws<MemoryLimitExceededException>(() => cache.Find([Samples.Floats(1, 1, 4, 4, 3000)]));

        Assert.Equal(3000 * 16 * 4, error.Needed);
    }

    [Fact]
    public async Task Find_ManyThreadsAndShapes_GivesEachItsPlan()
    {
        var cache = Cache(maxPlans: 3);
        var tasks = Enumerable.Range(0, 16).Select(thread => Task.Run(() =>
        {
            for (var round = 0; round < 30; round++)
            {
                var picture = Picture(3 + ((thread + round) % 6));
                var result = cache.Find(picture)!.Run(picture, CancellationToken.None)[0];
                Assert.Equal(Shape.Of(1, picture[0].Shape[1], picture[0].Shape[1], 8), result.Shape);
            }
        }));

        await Task.WhenAll(tasks);

        Assert.Equal(3, cache.Count);
    }

    private static PlanCache Cache(NumericConstantSource? source = null, int maxPlans = 8) =>
        new(Passes.Fold(Graph(source ?? new FlakySource(Shape.Of(3, 3, 3, 8)), -1), 1 << 20), new SessionOptions { MaxPlans = maxPlans });

    private static Graph Graph(NumericConstantSource weights, int height) => Build([-1, height, height, 3], (b, x) =>
        b.Add("conv", new Conv2D(One, One, Padding.Same, ValueRange.Relu), x, GraphBuilder.Constant("w", weights)));

    private static RuntimeValue[] Picture(int size) => [Samples.Floats(size, 1, size, size, 3)];

    private sealed class FlakySource(Shape shape) : NumericConstantSource(DataType.Float32, shape)
    {
        public bool Broken { get; set; }

        public int Reads { get; private set; }

        protected override void ReadCore(long offset, Span<byte> destination)
        {
            Reads++;
            if (Broken)
            {
                throw new IOException("The file is away.");
            }

            destination.Clear();
        }
    }
}
