using System.Diagnostics;
using System.Text.Json;

namespace Pipeline.Benchmarks.Kernels;

/// <summary>Measures in processes of their own, each with fewer instruction sets than the one before, as far as the machine has them.</summary>
internal static class TierProcesses
{
    private static readonly string?[] Switches = [null, "DOTNET_EnableAVX512", "DOTNET_EnableAVX2"];

    /// <param name="arguments">For the command in each process.</param>
    /// <exception cref="InvalidDataException">A process failed.</exception>
    public static async Task<IReadOnlyList<TierFigures>> RunAsync(IReadOnlyList<string> arguments)
    {
        var tiers = new List<TierFigures>();
        foreach (var name in Switches)
        {
            var figures = await RunAsync(name, arguments);
            if (tiers.All(known => known.Tier != figures.Tier))
            {
                tiers.Add(figures);
            }
        }

        return tiers;
    }

    private static async Task<TierFigures> RunAsync(string? switchedOff, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Pipeline.Benchmarks"), arguments) { RedirectStandardOutput = true };

        // What the runtime compiles in a hurry at first is not what a process that lives runs.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        if (switchedOff is not null)
        {
            start.Environment[switchedOff] = "0";
        }

        using var process = Process.Start(start) ?? throw new InvalidDataException($"{start.FileName} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 && JsonSerializer.Deserialize<TierFigures>(output) is { } figures
            ? figures
            : throw new InvalidDataException($"The process with {switchedOff ?? "all instruction sets"} ended with code {process.ExitCode}, 0 was expected.");
    }
}
