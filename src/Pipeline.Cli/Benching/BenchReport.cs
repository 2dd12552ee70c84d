using Pipeline.Cli.ModelFiles;
using Pipeline.Inference.Measuring;
using Spectre.Console;

namespace Pipeline.Cli.Benching;

/// <summary>Prints figures for people.</summary>
internal static class BenchReport
{
    private const int SlowestShown = 15;

    public static void Write(IAnsiConsole console, string folder, BenchResult result, bool allSteps)
    {
        WriteFigures(console, folder, result);
        WriteSteps(console, result, allSteps);
    }

    private static void WriteFigures(IAnsiConsole console, string folder, BenchResult result)
    {
        var times = result.Times;
        console.WriteLine($"{folder} on {Processor.Current}");
        console.WriteLine($"  runs as    {Way(result)}");
        console.WriteLine($"  load       {Figures.Milliseconds(result.LoadMilliseconds)} ms");
        console.WriteLine($"  first run  {Figures.Milliseconds(result.FirstRunMilliseconds)} ms");
        console.WriteLine(
            $"  steady     p50 {Figures.Milliseconds(times.Median)} ms, p99 {Figures.Milliseconds(times.Percentile(99))} ms, least {Figures.Milliseconds(times.Least)} ms; "
            + $"{times.Count} runs of batch 1 on {(result.Peak.Threads == 1 ? "1 thread" : $"up to {result.Peak.Threads} threads")}, {result.AllocatedBytes} bytes allocated in each");
        console.WriteLine(result.Gigaflops is { } rate
            ? $"  rate       {Figures.Count(result.MultiplyAdds)} multiply-adds: {Figures.Text(rate, "0.0")} GFLOP/s, {Figures.Percent(result.ShareOfPeak)} of the peak"
            : "  rate       not known: the multiply-adds depend on shapes that only a run tells");
        console.WriteLine(
            $"  peak       {Figures.Text(result.Peak.BestGigaflops, "0.0")} GFLOP/s out of registers in vectors of {result.Peak.Bits} bits, "
            + $"{Figures.Text(result.Peak.MedianGigaflops, "0.0")} in the median, measured right before");
    }

    private static string Way(BenchResult result)
    {
        var interpreted = result.Steps.Where(step => step.IsInterpreted).ToList();
        return !result.IsPlanned ? $"interpreted, {result.Steps.Length} nodes"
            : interpreted.Count == 0 ? $"a plan of {result.Steps.Length} steps in an arena of {Figures.Mebibytes(result.ArenaBytes)}"
            : $"a plan of {result.Steps.Length} steps in an arena of {Figures.Mebibytes(result.ArenaBytes)}, {interpreted.Count} of them interpreted: "
                + string.Join(", ", interpreted.Select(step => step.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static void WriteSteps(IAnsiConsole console, BenchResult result, bool allSteps)
    {
        var sum = result.Steps.Sum(step => step.Milliseconds);
        StepTime[] shown = allSteps ? [.. result.Steps] : [.. result.Steps.OrderByDescending(step => step.Milliseconds).Take(SlowestShown)];
        var table = new Table().Border(TableBorder.Rounded).AddColumns("step", "kind", "ms", "share", "multiply-adds", "GFLOP/s", "of peak");
        foreach (var step in shown)
        {
            table.AddTextRow(
                step.Name,
                step.IsInterpreted && result.IsPlanned ? $"{step.Kind}, interpreted" : step.Kind,
                Figures.Text(step.Milliseconds, "0.000"),
                Figures.Percent(step.Milliseconds / sum),
                Figures.Count(step.MultiplyAdds),
                step.Gigaflops is { } rate ? Figures.Text(rate, "0.0") : string.Empty,
                step.Gigaflops is { } part ? Figures.Percent(part / result.Peak.BestGigaflops) : string.Empty);
        }

        if (shown.Length < result.Steps.Length)
        {
            var rest = sum - shown.Sum(step => step.Milliseconds);
            table.AddTextRow($"{result.Steps.Length - shown.Length} others", string.Empty, Figures.Text(rest, "0.000"), Figures.Percent(rest / sum), string.Empty, string.Empty, string.Empty);
        }

        console.Write(table);
    }
}
