using System.Diagnostics;
using Pipeline.Conventions.Tests.Support;

namespace Pipeline.Conventions.Tests;

/// <summary>Rules of the shell scripts, held by ShellCheck.</summary>
public sealed class ScriptTests
{
    [Fact]
    public async Task Scripts_HaveNoFindingOfShellCheck()
    {
        string[] scripts = [Path.Combine(Checkout.Root, ".ci", "run"), .. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "scripts"), "*.sh").Order(StringComparer.Ordinal)];

        using var process = Start(["--shell=bash", .. scripts]);
        var findings = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(string.Empty, findings);
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("shellcheck", arguments) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip("shellcheck is not on the PATH; Debian's package of that name has it.");
            throw;
        }
    }
}
