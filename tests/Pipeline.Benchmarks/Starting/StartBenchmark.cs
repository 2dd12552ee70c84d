using System.Collections.Immutable;

namespace Pipeline.Benchmarks.Starting;

/// <summary>Starts all cases in turn, the order reversed every second round. A round before the first brings the files into memory and is dropped.</summary>
internal static class StartBenchmark
{
    public static async Task<ImmutableArray<StartResult>> RunAsync(
        ImmutableArray<StartCase> cases, int rounds, StartRun run, Action<string> report, CancellationToken cancellationToken)
    {
        var figures = cases.ToDictionary(start => start, _ => new List<StartFigures>());
        for (var round = 0; round <= rounds; round++)
        {
            report(round == 0 ? "warming up" : $"round {round} of {rounds}");
            foreach (var start in round % 2 == 0 ? cases : cases.Reverse())
            {
                var measured = await run.MeasureAsync(start, trace: false, cancellationToken);
                if (round > 0)
                {
                    figures[start].Add(measured);
                }
            }
        }

        var results = ImmutableArray.CreateBuilder<StartResult>();
        foreach (var start in cases)
        {
            var trace = (await run.MeasureAsync(start, trace: true, cancellationToken)).Trace;
            results.Add(new StartResult(start, figures[start], trace));
        }

        return results.ToImmutable();
    }
}
