using Pipeline.Inference.Measuring;

namespace Pipeline.Cli.Benching;

/// <summary>Prints figures for scripts.</summary>
internal static class BenchJson
{
    public static void Write(string folder, BenchResult result) => JsonOutput.Write(new
    {
        Model = folder,
        Processor = Processor.Current,
        result.Peak.Threads,
        LoadMs = result.LoadMilliseconds,
        FirstRunMs = result.FirstRunMilliseconds,
        Runs = result.Times.Count,
        P50Ms = result.Times.Median,
        P99Ms = result.Times.Percentile(99),
        LeastMs = result.Times.Least,
        result.AllocatedBytes,
        result.MultiplyAdds,
        result.Gigaflops,
        result.ShareOfPeak,
        result.Peak,
        result.IsPlanned,
        result.ArenaBytes,
        result.Steps,
    });
}
