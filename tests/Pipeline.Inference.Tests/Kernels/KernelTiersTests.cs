using System.Diagnostics;
using Pipeline.Inference.Kernels;

namespace Pipeline.Inference.Tests.Kernels;

public sealed class KernelTiersTests
{
    private const string Expected = "PIPELINE_TEST_TIER";

    /// <summary>Says something in the processes that the next test starts.</summary>
    [Fact]
    public void Live_ThisProcess_IsWhatItWasToldToBe()
    {
        var expected = Environment.GetEnvironmentVariable(Expected);

        Assert.Equal(expected ?? KernelTiers.Live.ToString(), KernelTiers.Live.ToString());
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", nameof(KernelTier.Vector256))]
    [InlineData("DOTNET_EnableAVX2", nameof(KernelTier.Portable))]
    [InlineData("DOTNET_EnableHWIntrinsic", nameof(KernelTier.Portable))]
    public async Task KernelTests_WithoutAnInstructionSet_PassOnTheNextTier(string name, string tier)
    {
        var expected = Enum.Parse<KernelTier>(tier);
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Expected) is not null, "This is the inner process.");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Pipeline.Inference.Tests"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var filter in (string[])["*.Execution.Plans.*", "*.KernelTiersTests", "*.LanesFunctionsTests"])
        {
            start.ArgumentList.Add("--filter-class");
            start.ArgumentList.Add(filter);
        }

        start.Environment[name] = "0";
        start.Environment[Expected] = (expected < KernelTiers.Live ? expected : KernelTiers.Live).ToString();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"{name}=0: {await output}{await errors}");
    }
}
