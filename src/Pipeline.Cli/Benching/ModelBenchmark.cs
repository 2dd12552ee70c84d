using Pipeline.Cli.ModelFiles;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Measuring;
using Pipeline.Inference.Tensors;

namespace Pipeline.Cli.Benching;

/// <summary>Measures a model on made-up values.</summary>
internal sealed class ModelBenchmark
{
    private const int FewestRuns = 10;
    private const int MostProfiles = 20;

    // Room that is taken beforehand is not counted as allocated by a run.
    private const int MostRunsExpected = 100_000;

    private static readonly TimeSpan MeasuredTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PeakTime = TimeSpan.FromMilliseconds(300);

    private readonly TimeProvider _timeProvider;

    public ModelBenchmark(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
    }

    /// <exception cref="InvalidShapeOptionException">A shape is not known.</exception>
    public BenchResult Run(ModelSelection selection, BenchOptions options, CancellationToken cancellationToken)
    {
        var start = _timeProvider.GetTimestamp();
        var opened = OpenedModel.Open(selection);
        var session = new InferenceSession(opened.Model.Graph, new SessionOptions { UsePlans = options.UsePlans, Threads = options.Threads });
        var load = _timeProvider.GetElapsedTime(start);
        var inputs = CreateInputs(opened);
        BoundRun? bound = null;
        void RunOnce() => (bound ??= session.Bind(inputs)).Run(cancellationToken);
        var first = Measure(RunOnce);
        WarmUp(RunOnce);
        var peak = FmaPeak.Measure(bound is { IsPlanned: true } ? session.Threads : 1, PeakTime, _timeProvider);
        var (times, allocated) = Measure(RunOnce, options.Runs);
        var costs = GraphCosts.Of(opened.Model.Graph, opened.Shapes);
        RunProfile[] profiles = [.. Enumerable.Range(0, Math.Min(times.Count, MostProfiles)).Select(_ => session.Profile(inputs, _timeProvider, cancellationToken))];
        return new BenchResult(
            load.TotalMilliseconds,
            first.TotalMilliseconds,
            times,
            allocated,
            costs.MultiplyAdds,
            peak,
            profiles[0].IsPlanned,
            profiles[0].ArenaBytes,
            StepTime.Of(profiles, costs));
    }

    private static Dictionary<string, RuntimeValue> CreateInputs(OpenedModel opened)
    {
        var inputs = new Dictionary<string, RuntimeValue>(StringComparer.Ordinal);
        foreach (var (input, shape) in opened.Model.Graph.Inputs.Zip(opened.Shapes))
        {
            if (!input.DataType.IsNumeric())
            {
                throw new InvalidShapeOptionException(input.Name, $"the input is {input.Type}; values can be made up for numbers only.");
            }

            inputs[input.Name] = shape.TryGetShape(out var known)
                ? BenchInput.Create(input.DataType, known)
                : throw new InvalidShapeOptionException(input.Name, $"the input is {input.Type}; say which shape it is to have: --shape {input.Name}=1,224,224,3.");
        }

        return inputs;
    }

    private void WarmUp(Action run)
    {
        var start = _timeProvider.GetTimestamp();
        do
        {
            run();
        }
        while (_timeProvider.GetElapsedTime(start) < WarmUpTime);
    }

    private (RunTimes Times, long AllocatedBytes) Measure(Action run, int? runs)
    {
        var times = new List<double>(runs ?? MostRunsExpected);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = _timeProvider.GetTimestamp();
        while (runs is { } count ? times.Count < count : times.Count < FewestRuns || _timeProvider.GetElapsedTime(start) < MeasuredTime)
        {
            times.Add(Measure(run).TotalMilliseconds);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return (new RunTimes(times), allocated / times.Count);
    }

    private TimeSpan Measure(Action run)
    {
        var start = _timeProvider.GetTimestamp();
        run();
        return _timeProvider.GetElapsedTime(start);
    }
}
