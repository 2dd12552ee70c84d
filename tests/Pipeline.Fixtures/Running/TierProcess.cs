using System.Diagnostics;
using System.Reflection;

namespace Pipeline.Fixtures.Running;

/// <summary>Runs some tests of a project again in a process without an instruction set, so that they meet the kernels of a narrower tier.</summary>
public static class TierProcess
{
    /// <summary>The variable that names the tier which such a process must find.</summary>
    public const string Expected = "PIPELINE_TEST_TIER";

    /// <summary>Whether this is such a process.</summary>
    public static bool IsInner => Environment.GetEnvironmentVariable(Expected) is not null;

    /// <param name="tests">The test project.</param>
    /// <param name="switchedOff">The runtime's variable for the instruction set.</param>
    /// <param name="tier">What the process must find.</param>
    /// <param name="classes">Filters of test classes.</param>
    /// <returns>What the process printed, or null: all tests passed.</returns>
    public static async Task<string?> FailuresAsync(
        Assembly tests, string switchedOff, string tier, IReadOnlyList<string> classes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tests);
        ArgumentNullException.ThrowIfNull(classes);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, tests.GetName().Name!), classes.SelectMany(name => (string[])["--filter-class", name]))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[switchedOff] = "0";
        start.Environment[Expected] = tier;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? null : $"{switchedOff}=0: {await output}{await errors}";
    }
}
