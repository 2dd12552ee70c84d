using Pipeline.Fixtures.Kinds.Models;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Execution.Plans.Threads;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.Tests.Plans;

/// <summary>Steady runs of real models allocate nothing, on whatever threads they run.</summary>
public sealed class PlanAllocationTests
{
    private const int WarmUps = 30;
    private const int Runs = 100;

    // Code that is not optimised yet, and the runtime's own caches, allocate now and then; a step that allocates does so in each round.
    private const int Rounds = 60;

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mobilenet_v1_025_96", 1)]
    [InlineData("mobilenet_v1_025_96", 2)]
    [InlineData("mobilenet_v2_035_96_frozen", 1)]
    [InlineData("mobilenet_v2_035_96_frozen", 2)]
    [InlineData("mobilenet_v3_small_96", 1)]
    [InlineData("mobilenet_v3_small_96", 2)]
    [InlineData("squeezenet_keras2", 1)]
    [InlineData("squeezenet_keras2", 2)]
    public async Task Run_SteadyAndBound_AllocatesNothing(string model, int threads)
    {
        var (fixture, graph, _) = PlanModels.Find("fixtures/models").First(found => found.Fixture.Path == model);
        using var pool = new WorkerPool(threads);
        var session = new InferenceSession(graph, null, pool);
        var run = session.Bind(fixture.Inputs.ToDictionary(input => input.Name, FixtureValues.ToValue, StringComparer.Ordinal));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        for (var warm = 0; warm < WarmUps; warm++)
        {
            run.Run(cancellation.Token);
        }

        var expected = ((Tensor)run.Output(session.Outputs[0].Name)).Bytes.ToArray();
        var allocated = Measure(pool, run, cancellation.Token);
        for (var round = 1; round < Rounds && allocated.Any(bytes => bytes > 0); round++)
        {
            await Task.Delay(BetweenRounds, TimeProvider.System, Token);
            allocated = Measure(pool, run, cancellation.Token);
        }

        Assert.All(allocated, bytes => Assert.Equal(0, bytes));
        Assert.Equal(expected, ((Tensor)run.Output(session.Outputs[0].Name)).Bytes);
    }

    [Fact]
    public async Task Run_EveryModelThatIsPlannedAsAWhole_AllocatesNothing()
    {
        const int FewRuns = 5;
        List<string> failures = [];
        var whole = 0;
        foreach (var (fixture, graph, shapes) in PlanModels.Find("fixtures/models"))
        {
            var plan = PlanCompiler.TryCompile(PlanModels.Specialize(graph, shapes), new PlanResources(new SessionOptions { Threads = 1 }));
            if (plan is null || plan.Steps.OfType<InterpretedStep>().Any() || graph.Outputs.Any(output => output.Value.DataType != DataType.Float32))
            {
                continue;
            }

            whole++;
            var byName = fixture.Inputs.ToDictionary(input => input.Name, FixtureValues.ToValue, StringComparer.Ordinal);
            RuntimeValue[] inputs = [.. graph.Inputs.Select(input => byName[input.Name])];
            var results = new RuntimeValue?[graph.Outputs.Count];
            Measure(plan, inputs, results, FewRuns);
            var allocated = Measure(plan, inputs, results, FewRuns);
            for (var round = 1; round < Rounds && allocated > 0; round++)
            {
                await Task.Delay(BetweenRounds, TimeProvider.System, Token);
                allocated = Measure(plan, inputs, results, FewRuns);
            }

            if (allocated > 0)
            {
                failures.Add($"{fixture.Path}: {allocated} bytes in {FewRuns} runs");
            }
        }

        Assert.Empty(failures);
        Assert.True(whole > 20, $"{whole} models are planned as a whole");
    }

    /// <returns>Bytes, by thread.</returns>
    private static long[] Measure(WorkerPool pool, BoundRun run, CancellationToken cancellationToken)
    {
        using var probe = new AllocationProbe(pool);
        probe.Begin();
        for (var index = 0; index < Runs; index++)
        {
            run.Run(cancellationToken);
        }

        return probe.End();
    }

    /// <returns>Bytes.</returns>
    private static long Measure(ExecutionPlan plan, RuntimeValue[] inputs, RuntimeValue?[] results, int runs)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < runs; run++)
        {
            plan.Run(inputs, results, null, CancellationToken.None);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Reads what each thread of a pool has allocated.</summary>
    private sealed class AllocationProbe : PlanStep, IDisposable
    {
        private readonly WorkerPool _pool;
        private readonly Barrier _meeting;
        private readonly Dictionary<int, long> _before = [];
        private readonly long[] _allocated;
        private readonly int[] _threads;
        private bool _begins = true;
        private long _own;

        public AllocationProbe(WorkerPool pool)
            : base("probe", [], [])
        {
            _pool = pool;
            _meeting = new Barrier(pool.Threads);
            _allocated = new long[pool.Threads];
            _threads = new int[pool.Threads];
        }

        public override int Units => _pool.Threads;

        public void Begin()
        {
            // The first time code runs, it may allocate.
            Ask();
            Ask();
            for (var share = 0; share < Units; share++)
            {
                _before.Add(_threads[share], _allocated[share]);
            }

            _begins = false;
            _own = GC.GetAllocatedBytesForCurrentThread();
        }

        /// <returns>Bytes, by thread.</returns>
        public long[] End()
        {
            // Nothing before this may allocate, so no lambda takes a local of this method.
            _own = GC.GetAllocatedBytesForCurrentThread() - _own;
            Ask();
            return [.. Enumerable.Range(0, Units).Select(share => _threads[share] == Environment.CurrentManagedThreadId ? _own : _allocated[share] - _before[_threads[share]])];
        }

        /// <summary>Each share is on a thread of its own, because it waits for the others.</summary>
        public override void Run(in PlanRun run, int share, int shares)
        {
            if (_begins)
            {
                _meeting.SignalAndWait(Token);
            }

            _allocated[share] = GC.GetAllocatedBytesForCurrentThread();
            _threads[share] = Environment.CurrentManagedThreadId;
            if (!_begins)
            {
                _meeting.SignalAndWait(Token);
            }
        }

        public void Dispose() => _meeting.Dispose();

        private void Ask()
        {
            _pool.Enter();
            if (_pool.TryTake(Units, default, Token))
            {
                _pool.Run(this, Units);
                _pool.Release();
            }
            else
            {
                Run(default, 0, 1);
            }

            _pool.Leave();
        }
    }
}
