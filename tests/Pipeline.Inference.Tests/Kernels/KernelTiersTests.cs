using Pipeline.Fixtures.Running;
using Pipeline.Inference.Kernels;

namespace Pipeline.Inference.Tests.Kernels;

public sealed class KernelTiersTests
{
    /// <summary>Says something in the processes that the next test starts.</summary>
    [Fact]
    public void Live_ThisProcess_IsWhatItWasToldToBe()
    {
        var expected = Environment.GetEnvironmentVariable(TierProcess.Expected);

        Assert.Equal(expected ?? KernelTiers.Live.ToString(), KernelTiers.Live.ToString());
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", nameof(KernelTier.Vector256))]
    [InlineData("DOTNET_EnableAVX2", nameof(KernelTier.Portable))]
    [InlineData("DOTNET_EnableHWIntrinsic", nameof(KernelTier.Portable))]
    public async Task KernelTests_WithoutAnInstructionSet_PassOnTheNextTier(string name, string tier)
    {
        Assert.SkipWhen(TierProcess.IsInner, "This is the inner process.");
        var expected = Enum.Parse<KernelTier>(tier);

        var failures = await TierProcess.FailuresAsync(
            GetType().Assembly,
            name,
            (expected < KernelTiers.Live ? expected : KernelTiers.Live).ToString(),
            ["*.Execution.Plans.*", "*.Inference.Tests.Kernels.*"],
            TestContext.Current.CancellationToken);

        Assert.True(failures is null, failures);
    }
}
