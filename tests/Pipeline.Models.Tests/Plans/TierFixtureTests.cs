using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Kinds.Models;
using Pipeline.Fixtures.Running;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Kernels;
using Pipeline.Models.SavedModel;

namespace Pipeline.Models.Tests.Plans;

/// <summary>Small float models through plans on each tier, in processes of their own.</summary>
public sealed class TierFixtureTests
{
    private static readonly string[] Small =
    [
        "activations_keras3", "base_keras3_export", "convs_keras3", "densenet_keras3", "efficientnet_keras2", "grouped_keras3", "inception_keras2", "mobilenet_v1_025_96",
        "mobilenet_v2_035_96_frozen", "mobilenet_v3_small_96", "norms_keras3", "pads_keras3", "pools_keras3", "resizing_bilinear_keras3", "resizing_nearest_keras3",
        "resnet_v1_keras3", "shuffle_module", "squeezenet_keras2", "teachable_machine", "vit_keras3", "xception_keras3",
    ];

    [Fact]
    public void Live_ThisProcess_IsWhatItWasToldToBe()
    {
        var expected = Environment.GetEnvironmentVariable(TierProcess.Expected);

        Assert.Equal(expected ?? KernelTiers.Live.ToString(), KernelTiers.Live.ToString());
    }

    [Fact]
    public void Run_SmallModels_GiveTheRecordedOutputs()
    {
        if (!SharedFolder.TryFind("fixtures/models", out var path))
        {
            Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Fail(SharedFolder.Missing);
        }

        List<string> seen = [];
        List<string> failures = [];
        foreach (var fixture in FixtureFolder.Read(path).Where(fixture => fixture.Kind == "saved_model" && Small.Contains(fixture.Path)).DistinctBy(fixture => fixture.Path))
        {
            var options = SavedModelReadOptions.Default;
            var session = new InferenceSession(SavedModelReader.Read(fixture.FullPath, options with { Signature = fixture.Signature ?? options.Signature }).Graph);
            var inputs = fixture.Inputs.ToDictionary(input => input.Name, FixtureValues.ToValue, StringComparer.Ordinal);
            var result = FixtureValues.Compare(fixture, session.Run(inputs, TestContext.Current.CancellationToken));
            seen.Add(fixture.Path!);
            if (result.Verdict != FixtureVerdict.Passed)
            {
                failures.Add($"{fixture.Path}: {result.Reason}");
            }
        }

        Assert.Empty(failures);
        Assert.Equal(Small, seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", nameof(KernelTier.Vector256))]
    [InlineData("DOTNET_EnableAVX2", nameof(KernelTier.Portable))]
    [InlineData("DOTNET_EnableHWIntrinsic", nameof(KernelTier.Portable))]
    public async Task SmallModels_WithoutAnInstructionSet_PassOnTheNextTier(string name, string tier)
    {
        Assert.SkipWhen(TierProcess.IsInner, "This is the inner process.");
        var expected = Enum.Parse<KernelTier>(tier);

        var failures = await TierProcess.FailuresAsync(
            GetType().Assembly,
            name,
            (expected < KernelTiers.Live ? expected : KernelTiers.Live).ToString(),
            [$"*.{nameof(TierFixtureTests)}"],
            TestContext.Current.CancellationToken);

        Assert.True(failures is null, failures);
    }
}
