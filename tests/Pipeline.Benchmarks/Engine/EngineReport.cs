using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;

namespace Pipeline.Benchmarks.Engine;

/// <summary>Prints what was measured as tables that can stand in a Markdown file.</summary>
internal static class EngineReport
{
    private const int NetsOfTheMean = 6;

    public static void Write(IAnsiConsole console, IReadOnlyList<NetResult> results)
    {
        foreach (var group in results.GroupBy(result => result.Threads))
        {
            console.WriteLine();
            console.WriteLine($"{group.Key} {(group.Key == 1 ? "thread" : "threads")}, ms: median of the rounds' medians (least run)");
            console.Write(Table(group));
            console.WriteLine(Mean([.. group]));
        }
    }

    /// <summary>Ratios of the nets that count in the mean and have one.</summary>
    public static ImmutableArray<double> RatiosOfConvolutionalNets(IEnumerable<NetResult> results) =>
        [.. results.Where(result => result.Net.IsConvolutional && result.Times is not null).Select(result => result.Times!.Ratio)];

    private static Table Table(IEnumerable<NetResult> results)
    {
        var table = new Table().Border(TableBorder.Markdown)
            .AddColumns("net", "ours", "ONNX Runtime", "ratio", "runs", "GMAC", "GFLOP/s", "FMA peak", "of peak", "remark");
        foreach (var result in results)
        {
            table.AddRow([.. Cells(result).Select(cell => new Text(cell))]);
        }

        return table;
    }

    private static IEnumerable<string> Cells(NetResult result)
    {
        var times = result.Times;
        return
        [
            result.Net.Name,
            times is null ? string.Empty : Milliseconds(times.OurMilliseconds, times.OurLeastMilliseconds),
            times is null ? string.Empty : Milliseconds(times.PeerMilliseconds, times.PeerLeastMilliseconds),
            Number(times?.Ratio, "0.00"),
            times is null ? string.Empty : $"{times.Ours.Sum(block => block.Runs)}/{times.Peers.Sum(block => block.Runs)}",
            Number(result.MultiplyAdds / 1e9, "0.000"),
            Number(result.OurGigaflops, "0.0"),
            result.Peak is { } peak ? $"{Number(peak.BestGigaflops, "0")} ({Number(peak.MedianGigaflops, "0")})" : string.Empty,
            Number(result.ShareOfPeak * 100, "0' %'"),
            result.Remark ?? string.Empty,
        ];
    }

    private static string Mean(IReadOnlyList<NetResult> results)
    {
        var ratios = RatiosOfConvolutionalNets(results);
        return GeometricMean.Of(ratios) is not { } mean
            ? "No convolutional net was measured."
            : ratios.Length == NetsOfTheMean
                ? $"Geometric mean of the six convolutional nets: {Number(mean, "0.000")}"
                : $"Geometric mean of {ratios.Length} of the six convolutional nets: {Number(mean, "0.000")}";
    }

    private static string Milliseconds(double median, double least) => $"{Number(median, "0.00")} ({Number(least, "0.00")})";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? string.Empty;
}
