using Pipeline.Fixtures.Format;
using Pipeline.Models.Package.Inferring;

namespace Pipeline.Models.Tests.Package.Inferring;

/// <summary>Real exports of every family, looked at without a manifest.</summary>
public sealed class FixtureInferenceTests
{
    [Theory]
    [InlineData("models/efficientnet_keras2")]
    [InlineData("models/efficientnet_keras3")]
    [InlineData("models/mobilenet_v3_small_96")]
    [InlineData("models/mobilenet_v3_small_min_96")]
    [InlineData("models/normalization_adapted_keras2")]
    [InlineData("models/uint8_input_keras3")]
    [InlineData("digits/saved_model")]
    [InlineData("models/teachable_machine")]
    public void Infer_ModelThatTellsHowItIsFed_AsksNothing(string model) => Assert.Empty(ManifestInference.Infer(Find(model)).Questions);

    [Theory]
    [InlineData("models/base_keras3_export")]
    [InlineData("models/base_keras2_save")]
    [InlineData("models/resnet_v1_keras3")]
    [InlineData("models/xception_keras3")]
    [InlineData("models/convnext_keras3")]
    [InlineData("models/nchw_native_tf1")]
    [InlineData("models/mobilenet_v1_025_96")]
    [InlineData("imagenet/saved_model")]
    public void Infer_ModelThatDoesNotTell_AsksForItsNormalization(string model) =>
        Assert.Contains(ManifestInference.Infer(Find(model)).Questions, question => question.Paths.Contains("$.input.mean"));

    [Fact]
    public void Infer_EveryModel_EndsInAnAnswerOrATypedRefusal()
    {
        foreach (var folder in Directory.EnumerateDirectories(Find("models")).Order(StringComparer.Ordinal))
        {
            try
            {
                var inferred = ManifestInference.Infer(folder);
                Assert.True(inferred.Questions.IsEmpty == inferred.Proposals.IsEmpty, folder);
            }
            catch (Exception error) when (error is InvalidModelException or UnsupportedModelException)
            {
                Assert.Contains(folder, error.Message, StringComparison.Ordinal);
            }
        }
    }

    private static string Find(string relative)
    {
        if (!SharedFolder.TryFind($"fixtures/{relative}", out var path))
        {
            Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Fail(SharedFolder.Missing);
        }

        return path;
    }
}
