using Pipeline.Cli.ModelFiles;
using Pipeline.Inference.Measuring;
using Spectre.Console;

namespace Pipeline.Cli.Benching;

/// <summary>Prints figures for people.</summary>
internal static class BenchReport
{
    public static void Write(IAnsiConsole console, string folder, BenchResult result)
    {
        var times = result.Times;
        console.WriteLine($"{folder} on {Processor.Current}");
        console.WriteLine($"  load       {Figures.Milliseconds(result.LoadMilliseconds)} ms");
        console.WriteLine($"  first run  {Figures.Milliseconds(result.FirstRunMilliseconds)} ms");
        console.WriteLine(
            $"  steady     p50 {Figures.Milliseconds(times.Median)} ms, p99 {Figures.Milliseconds(times.Percentile(99))} ms, least {Figures.Milliseconds(times.Least)} ms; "
            + $"{times.Count} runs of batch 1 on {ModelBenchmark.Threads} thread, {result.AllocatedBytes} bytes allocated in each");
        console.WriteLine(result.Gigaflops is { } rate
            ? $"  rate       {Figures.Count(result.MultiplyAdds)} multiply-adds: {Figures.Text(rate, "0.0")} GFLOP/s, {Figures.Percent(result.ShareOfPeak)} of the peak"
            : "  rate       not known: the multiply-adds depend on shapes that only a run tells");
        console.WriteLine(
            $"  peak       {Figures.Text(result.Peak.BestGigaflops, "0.0")} GFLOP/s out of registers in vectors of {result.Peak.Bits} bits, "
            + $"{Figures.Text(result.Peak.MedianGigaflops, "0.0")} in the median, measured right before");
    }
}
