using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Kinds;
using Pipeline.Fixtures.Running;

namespace Pipeline.Models.Tests.Package;

/// <summary>Published preprocessings, and photos on the product's own models, held against what Pillow and TensorFlow gave for them.</summary>
public sealed class PackageFixtureTests
{
    /// <summary>What no manifest expresses today: OpenCV's pixels and TensorFlow's fast JPEG decoding, with the recipes that need them.</summary>
    private static readonly string[] NotBuilt =
    [
        "efficientnet_lite", "mlperf_mobilenet", "opencv_area_turned", "opencv_blob_crop", "opencv_nchw", "slim_inception", "tf_hub", "tf_hub_progressive",
    ];

    [Fact]
    public void Run_EveryPreprocessing_PassesOrIsKnownNotToBeBuilt()
    {
        var runs = Run("fixtures/preprocess", "preprocess");

        Assert.Equal(NotBuilt, runs.Where(run => run.Result.Verdict == FixtureVerdict.Skipped).Select(run => run.Fixture.Id).Order(StringComparer.Ordinal));
        Assert.Empty(Failures(runs));
    }

    [Theory]
    [InlineData("fixtures/imagenet", "saved_model_photo", 22)]
    [InlineData("fixtures/digits", "saved_model", 80)]
    public void Run_EveryPhoto_GivesTheRecordedTensorScoresAndOrder(string folder, string kind, int count)
    {
        var runs = Run(folder, kind);

        Assert.Empty(Failures(runs));
        Assert.Equal(count, runs.Count(run => run.Result.Verdict == FixtureVerdict.Passed));
    }

    private static IEnumerable<string> Failures(IEnumerable<(FixtureCase Fixture, FixtureResult Result)> runs) =>
        runs.Where(run => run.Result.Verdict == FixtureVerdict.Failed).Select(run => $"{run.Fixture}: {run.Result.Reason}");

    private static List<(FixtureCase Fixture, FixtureResult Result)> Run(string folder, string kind)
    {
        if (!SharedFolder.TryFind(folder, out var path))
        {
            Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Fail(SharedFolder.Missing);
        }

        var runner = new FixtureRunner(FixtureKinds.All);
        return [.. FixtureFolder.Read(path).Where(fixture => fixture.Kind == kind).Select(fixture => (fixture, runner.Run(fixture)))];
    }
}
