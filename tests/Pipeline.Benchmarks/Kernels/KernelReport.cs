using System.Globalization;
using Spectre.Console;

namespace Pipeline.Benchmarks.Kernels;

/// <summary>Prints what was measured as tables that can stand in a Markdown file.</summary>
internal static class KernelReport
{
    public static void Write(IAnsiConsole console, IReadOnlyList<TierFigures> tiers, long? cacheKibibytes)
    {
        foreach (var tier in tiers)
        {
            console.WriteLine();
            console.WriteLine(Format($"{tier.Tier}, 1 thread; the peak out of registers is {tier.PeakGigaflops:0} GFLOP/s"));
            var table = new Table().Border(TableBorder.Markdown).AddColumns("family", "kernel", "µs", "GFLOP/s", "of peak", "KiB", "line");
            foreach (var figure in tier.Kernels)
            {
                table.AddRow([.. Cells(tier.Tier, figure, cacheKibibytes).Select(cell => new Text(cell))]);
            }

            console.Write(table);
            foreach (var family in tier.Kernels.Where(figure => figure.ShareOfPeak is not null).GroupBy(figure => figure.Family))
            {
                var shares = family.Select(figure => figure.ShareOfPeak!.Value).ToArray();
                console.WriteLine(Format(
                    $"{family.Key}: geometric mean {100 * Math.Exp(shares.Average(Math.Log)):0} % of the peak, least {100 * shares.Min():0} %, below the line {family.Count(figure => IsBelow(tier.Tier, figure, cacheKibibytes))} of {shares.Length}"));
            }
        }
    }

    /// <summary>Whether a kernel does not reach what it is to.</summary>
    public static bool IsBelow(string tier, KernelFigure figure, long? cacheKibibytes) => figure.ShareOfPeak < KernelLimits.LeastShare(tier, figure, cacheKibibytes);

    private static IEnumerable<string> Cells(string tier, KernelFigure figure, long? cacheKibibytes) =>
    [
        figure.Family.ToString(),
        figure.Name,
        Format($"{figure.Microseconds:0.0}"),
        Format($"{figure.Gigaflops:0.0}"),
        figure.ShareOfPeak is { } share ? Format($"{100 * share:0} %") : string.Empty,
        Format($"{figure.Kibibytes}"),
        KernelLimits.LeastShare(tier, figure, cacheKibibytes) is { } least ? Format($"{(IsBelow(tier, figure, cacheKibibytes) ? "below" : "above")} {100 * least:0} %") : string.Empty,
    ];

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
