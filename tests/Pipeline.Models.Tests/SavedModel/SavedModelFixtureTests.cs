using System.Collections.Concurrent;
using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Kinds;
using Pipeline.Fixtures.Running;

namespace Pipeline.Models.Tests.SavedModel;

/// <summary>Models and operators with the outputs that TensorFlow gave for them.</summary>
public sealed class SavedModelFixtureTests
{
    private static readonly string[] Kinds = ["saved_model", "op", "op_error"];

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<(FixtureCase Fixture, FixtureResult Result)>>> Runs = new(StringComparer.Ordinal);

    /// <summary>What must run; everything else of the folder may be skipped for an operator that is not built, and must not fail.</summary>
    private static readonly string[] Required =
    [
        "base_keras3_export", "base_keras2_save", "base_keras2_notrace", "base_keras2_export", "base_tf1_ref", "base_tf1_res", "base_tf1_frozen",
        "base_tf1_full_attrs", "base_module", "mobilenet_v1_025_96", "mobilenet_v2_035_96_frozen", "mobilenet_v3_small_96", "mobilenet_v3_small_min_96",
        "resnet_v1_keras3", "resnet_v2_tf1_slim", "efficientnet_keras2", "efficientnet_keras3", "inception_keras2", "densenet_keras3", "squeezenet_keras2",
        "xception_keras3", "vgg_frozen", "weights_float16", "weights_bfloat16", "checkpoint_2_shards",
        "partitioned_ref", "partitioned_res", "hub_module_v1", "hub_module_no_saver", "metagraphs_serve_gpu", "metagraphs_train_first", "nested_functions",
        "nchw_converted_frozen", "nchw_native_tf1", "counter_tf1", "counter_tf2", "teachable_machine", "multi_output_keras3", "dropout_tf1",
    ];

    [Theory]
    [InlineData("fixtures/models")]
    [InlineData("fixtures/ops/tf")]
    [InlineData("fixtures/digits")]
    [InlineData("fixtures/imagenet")]
    public void Run_EveryCase_FailsNowhere(string folder)
    {
        var failures = Run(folder).Where(run => run.Result.Verdict == FixtureVerdict.Failed).Select(run => $"{run.Fixture}: {run.Result.Reason}");

        Assert.Empty(failures);
    }

    [Fact]
    public void Run_RequiredModels_AreNotSkipped()
    {
        var runs = Run("fixtures/models").Where(run => Required.Contains(run.Fixture.Path)).ToList();

        Assert.Equal(Required.Order(StringComparer.Ordinal), runs.Select(run => run.Fixture.Path!).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(runs.Where(run => run.Result.Verdict != FixtureVerdict.Passed).Select(run => $"{run.Fixture}: {run.Result.Reason}"));
    }

    [Theory]
    [InlineData("fixtures/digits", 80)]
    [InlineData("fixtures/imagenet", 2)]
    public void Run_ProductModels_AllPass(string folder, int least)
    {
        var runs = Run(folder);

        Assert.All(runs, run => Assert.Equal(FixtureVerdict.Passed, run.Result.Verdict));
        Assert.True(runs.Count >= least, $"{runs.Count} cases");
    }

    private static IReadOnlyList<(FixtureCase Fixture, FixtureResult Result)> Run(string folder)
    {
        if (!SharedFolder.TryFind(folder, out var path))
        {
            Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Fail(SharedFolder.Missing);
        }

        return Runs.GetOrAdd(path, _ => new Lazy<IReadOnlyList<(FixtureCase, FixtureResult)>>(() => RunAll(path))).Value;
    }

    private static IReadOnlyList<(FixtureCase Fixture, FixtureResult Result)> RunAll(string path)
    {
        var runner = new FixtureRunner(FixtureKinds.All);
        return [.. FixtureFolder.Read(path).Where(fixture => Kinds.Contains(fixture.Kind)).Select(fixture => (fixture, runner.Run(fixture)))];
    }
}
