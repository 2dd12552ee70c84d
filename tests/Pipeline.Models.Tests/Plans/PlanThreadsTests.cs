using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Kinds.Models;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Threads;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.Tests.Plans;

/// <summary>Real models give the same bits however their work is divided, and whoever else runs.</summary>
public sealed class PlanThreadsTests
{
    /// <summary>Divides whatever can be divided.</summary>
    private static readonly Sharing Finest = new() { LeastRun = 0, LeastStep = 0, LeastShare = 1, MostShare = 2_000 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("fixtures/models")]
    [InlineData("fixtures/digits")]
    public void Run_AnyNumberOfThreads_GivesTheBitsOfOne(string folder)
    {
        WorkerPool[] pools = [new(2), new(3), new(7)];
        List<string> failures = [];
        var planned = 0;
        foreach (var (fixture, graph, shapes) in PlanModels.Find(folder))
        {
            var specialized = PlanModels.Specialize(graph, shapes);
            var inputs = Inputs(fixture, graph);
            if (Run(specialized, inputs, 1, new WorkerPool(1), Sharing.Default with { MostShare = long.MaxValue }) is not { } expected)
            {
                continue;
            }

            planned++;
            foreach (var pool in pools)
            {
                foreach (var sharing in (Sharing[])[Sharing.Default, Finest])
                {
                    if (!Enumerable.SequenceEqual(expected, Run(specialized, inputs, pool.Threads, pool, sharing)!))
                    {
                        failures.Add($"{fixture.Path} on {pool.Threads} threads, {sharing}");
                    }
                }
            }

            if (!Enumerable.SequenceEqual(expected, Run(specialized, inputs, 1, pools[0], Finest)!))
            {
                failures.Add($"{fixture.Path} on one thread in small shares");
            }
        }

        Array.ForEach(pools, pool => pool.Dispose());
        Assert.Empty(failures);
        Assert.True(planned > (folder == "fixtures/models" ? 50 : 0), $"{planned} models have a plan");
    }

    [Theory]
    [InlineData("mobilenet_v2_035_96_frozen")]
    [InlineData("resnet_v1_keras3")]
    public async Task Run_SixtyFourRequestsAtOnce_GiveTheBitsOfOneThread(string model)
    {
        var (fixture, graph, _) = PlanModels.Find("fixtures/models").First(found => found.Fixture.Path == model);
        var feed = fixture.Inputs.ToDictionary(input => input.Name, FixtureValues.ToValue, StringComparer.Ordinal);
        var expected = Bits(new InferenceSession(graph, new SessionOptions { Threads = 1 }).Run(feed, Token).Values);
        using var pool = new WorkerPool(4);
        var session = new InferenceSession(graph, null, pool);
        using var start = new ManualResetEventSlim();

        var runs = Enumerable.Range(0, 64).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.Wait(Token);
                return Enumerable.Range(0, 5).Select(_ => Bits(session.Run(feed, Token).Values)).ToArray();
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        start.Set();

        Assert.All((await Task.WhenAll(runs)).SelectMany(bits => bits), bits => Assert.Equal(expected, bits));
        Assert.Equal(expected, Bits(session.Run(feed, Token).Values));
    }

    [Theory]
    [InlineData("mobilenet_v2_035_96_frozen", true)]
    [InlineData("mobilenet_v2_035_96_frozen", false)]
    [InlineData("resnet_v1_keras3", true)]
    public async Task Run_CancelledAtAnyMoment_LeavesTheSessionAsItWas(string model, bool usePlans)
    {
        const int Rounds = 25;
        var seed = (int)(TimeProvider.System.GetTimestamp() & 0xFFFFFF);
        var random = new Random(seed);
        var (fixture, graph, _) = PlanModels.Find("fixtures/models").First(found => found.Fixture.Path == model);
        var feed = fixture.Inputs.ToDictionary(input => input.Name, FixtureValues.ToValue, StringComparer.Ordinal);
        using var pool = new WorkerPool(3);
        var session = new InferenceSession(graph, new SessionOptions { UsePlans = usePlans }, pool);
        var start = TimeProvider.System.GetTimestamp();
        var expected = Bits(session.Run(feed, Token).Values);
        var length = TimeProvider.System.GetElapsedTime(start);
        for (var round = 0; round < Rounds; round++)
        {
            using var source = new CancellationTokenSource(length * random.NextDouble(), TimeProvider.System);
            try
            {
                Assert.Equal(expected, Bits(session.Run(feed, source.Token).Values));
            }
            catch (OperationCanceledException error)
            {
                Assert.Equal(source.Token, error.CancellationToken);
            }

            if (round % 5 == 0)
            {
                Assert.True(expected.SequenceEqual(Bits(session.Run(feed, Token).Values)), $"seed {seed}, round {round}");
            }
        }

        var others = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Bits(session.Run(feed, Token).Values), Token));
        Assert.All(await Task.WhenAll(others), bits => Assert.Equal(expected, bits));
    }

    private static RuntimeValue[] Inputs(FixtureCase fixture, Graph graph)
    {
        var byName = fixture.Inputs.ToDictionary(input => input.Name, FixtureValues.ToValue, StringComparer.Ordinal);
        return [.. graph.Inputs.Select(input => byName[input.Name])];
    }

    /// <returns>Null where the model has no plan.</returns>
    private static byte[]? Run(Graph graph, RuntimeValue[] inputs, int threads, WorkerPool pool, Sharing sharing)
    {
        var resources = new PlanResources(new SessionOptions { Threads = threads }, pool) { Sharing = sharing };
        return PlanCompiler.TryCompile(graph, resources) is { } plan ? Bits(plan.Run(inputs, Token)) : null;
    }

    private static byte[] Bits(IEnumerable<RuntimeValue> outputs) => [.. outputs.OfType<Tensor>().SelectMany(output => output.Bytes.ToArray())];
}
