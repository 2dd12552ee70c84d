using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Measuring;
using Pipeline.Models;

namespace Pipeline.Benchmarks.Engine;

/// <summary>The product's engine beside ONNX Runtime on the same nets, pictures and threads. There is no figure of an engine that answers wrongly.</summary>
internal sealed class EngineBenchmark
{
    private static readonly TimeSpan PeakLength = TimeSpan.FromMilliseconds(200);

    private readonly EngineBenchmarkOptions _options;
    private readonly AlternatingRounds _rounds;
    private readonly TimeProvider _timeProvider;

    public EngineBenchmark(EngineBenchmarkOptions options, AlternatingRounds rounds, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rounds);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _options = options;
        _rounds = rounds;
        _timeProvider = timeProvider;
    }

    /// <summary>Measures one net with every number of threads. What the engine cannot do is told in the results.</summary>
    public ImmutableArray<NetResult> Run(PerformanceNet net)
    {
        ArgumentNullException.ThrowIfNull(net);
        var folder = Directory.CreateTempSubdirectory("pipeline-benchmark-").FullName;
        try
        {
            ZipFile.ExtractToDirectory(net.SavedModel.FullPath, folder);
            ZipFile.ExtractToDirectory(net.Onnx.FullPath, folder);
            return [.. _options.Threads.Select(threads => Run(net, folder, threads))];
        }
        catch (UnsupportedModelException error)
        {
            var operators = error.Nodes.CountBy(node => node.Operator, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}");
            return Without(net, $"refused by our engine, unsupported: {string.Join(", ", operators)}");
        }
        catch (Exception error) when (error is UnsupportedNodeException or MemoryLimitExceededException)
        {
            return Without(net, $"not run by our engine: {error.Message}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private NetResult Run(PerformanceNet net, string folder, int threads)
    {
        var ours = OurEngine.Load(Path.Combine(folder, PerformanceCase.MemberOf(net.SavedModel)), threads, _options.UsePlans);
        if (WrongAnswer(ours, net, net.Cases.Select(pair => pair.SavedModel)) is { } wrong)
        {
            return NetResult.Without(net, threads, $"refused: our answer is wrong: {wrong}");
        }

        using var peer = new OnnxRuntimeEngine(Path.Combine(folder, PerformanceCase.MemberOf(net.Onnx)), threads, _options.AllowSpinning);
        if (WrongAnswer(peer, net, net.Cases.Select(pair => pair.Onnx)) is { } peers)
        {
            return NetResult.Without(net, threads, $"refused: the peer's answer is wrong: {peers}");
        }

        ours.SetInput(net.Cases[0].Input);
        peer.SetInput(net.Cases[0].Input);
        var peak = FmaPeak.Measure(threads, PeakLength, _timeProvider);
        var times = _rounds.Measure(ours.Run, peer.Run, _options.Rounds, _options.Budget);
        var costs = GraphCosts.Of(ours.Graph, [ours.InputShape()]);
        return new NetResult(net, threads, times, Remark(times, threads, ours), costs.MultiplyAdds, peak);
    }

    private string? Remark(RoundTimes times, int threads, OurEngine ours)
    {
        var profile = ours.Profile();
        var remarks = new List<string>();
        var interpreted = profile.Steps.Where(step => step.IsInterpreted).ToList();
        if (!profile.IsPlanned)
        {
            remarks.Add("interpreted");
        }
        else if (interpreted.Count > 0)
        {
            var share = interpreted.Sum(step => step.Elapsed.TotalMilliseconds) / profile.Steps.Sum(step => step.Elapsed.TotalMilliseconds);
            var kinds = interpreted.Select(step => step.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{interpreted.Count} of {profile.Steps.Length} steps interpreted, {share:0 %} of the time: {string.Join(", ", kinds)}"));
        }

        if (threads != ours.Threads)
        {
            remarks.Add(ours.Threads == 1 ? "ours on 1 thread" : $"ours on {ours.Threads} threads");
        }

        if (times.Rounds < _options.Rounds)
        {
            remarks.Add($"{times.Rounds} rounds within {_options.Budget.TotalSeconds:0} s");
        }

        return remarks.Count > 0 ? string.Join("; ", remarks) : null;
    }

    private ImmutableArray<NetResult> Without(PerformanceNet net, string reason) =>
        [.. _options.Threads.Select(threads => NetResult.Without(net, threads, reason))];

    /// <returns>What is wrong, or null.</returns>
    private static string? WrongAnswer(IMeasuredEngine engine, PerformanceNet net, IEnumerable<FixtureCase> cases)
    {
        foreach (var (pair, fixture) in net.Cases.Zip(cases))
        {
            engine.SetInput(pair.Input);
            engine.Run();
            var result = TensorComparison.Compare(fixture.Outputs[0], engine.OutputShape, engine.Output, fixture.Tolerance);
            if (result.Verdict != FixtureVerdict.Passed)
            {
                return $"{fixture.Id}: {result.Reason}";
            }
        }

        return null;
    }
}
