using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Benchmarks.Kernels;
using Pipeline.Benchmarks.Measuring;
using Spectre.Console;

namespace Pipeline.Benchmarks.Commands;

/// <summary><c>kernels</c>: the engine's kernels beside the machine's peak, on each tier.</summary>
internal static class KernelsCommand
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Command Create()
    {
        var only = new Option<string[]>("--only")
        {
            Description = "Parts of families or names of kernels. Default: all.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var time = Numbers.One("--time", 1, "Milliseconds for each kernel on each tier.", 150);
        var here = new Option<bool>("--here") { Description = "Measure in this process, on its own tier, and print JSON. Default: a process for each tier of the machine." };
        var json = new Option<string?>("--json") { Description = "Write the figures to this file too.", HelpName = "file" };
        var command = new Command("kernels", "The engine's kernels beside multiply-adds out of registers, each tier in a process of its own.") { only, time, here, json };
        command.SetAction((result, _) => RunAsync(result.GetRequiredValue(only), result.GetRequiredValue(time), result.GetValue(here), result.GetValue(json)));
        return command;
    }

    private static async Task<int> RunAsync(string[] only, int milliseconds, bool here, string? json)
    {
        var cases = Find(only);
        if (cases.IsEmpty)
        {
            await Console.Error.WriteLineAsync($"No kernel is called so; families are {string.Join(", ", Enum.GetNames<KernelFamily>())}.");
            return BenchmarkCommand.UsedWrongly;
        }

        if (here)
        {
            var figures = new KernelBenchmark(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System).Run(cases);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(figures));
            return BenchmarkCommand.Done;
        }

        // A file that cannot be written is told before minutes are spent.
        await using var file = json is null ? null : File.Create(json);
        var console = Output.Create();
        var machine = Machine.Describe();
        var cache = KernelLimits.SecondLevelCacheKibibytes();
        console.WriteLine(machine);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Best of the runs of {milliseconds} ms; second-level cache {cache?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} KiB"));
        var tiers = await TierProcesses.RunAsync(["kernels", "--here", "--time", milliseconds.ToString(CultureInfo.InvariantCulture), .. only.Length > 0 ? ["--only", .. only] : Array.Empty<string>()]);
        KernelReport.Write(console, tiers, cache);
        if (file is not null)
        {
            await JsonSerializer.SerializeAsync(file, new { Machine = machine, SecondLevelCacheKibibytes = cache, Milliseconds = milliseconds, Tiers = tiers }, Readable);
        }

        return BenchmarkCommand.Done;
    }

    private static ImmutableArray<KernelCase> Find(string[] only) =>
    [
        .. KernelCases.All.Where(kernel => only.Length == 0 || only.Any(part => $"{kernel.Family} {kernel.Name}".Contains(part, StringComparison.OrdinalIgnoreCase))),
    ];
}
