using System.Collections.Immutable;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Tests.Package;

public sealed class PostprocessorTests
{
    private static readonly ImmutableArray<string> Labels = ["cat", "dog", "cow", "crane", "crane"];

    public static TheoryData<int[]> ScoreShapes { get; } = new((int[])[1, 5], [5], [1, 1, 1, 5]);

    public static TheoryData<int[]> OtherShapes { get; } = new((int[])[2, 5], [1, 1, 5], [1, 5, 1, 1], [1, 7, 7, 5], [], [1, 0], [-1, 3, -1, -1]);

    [Theory]
    [MemberData(nameof(ScoreShapes))]
    public void Read_Scores_RanksThem(int[] shape)
    {
        var ranking = Read(new OutputManifest { Top = 3 }, shape, [0.1f, 0.5f, 0.25f, 0.05f, 0.1f]);

        Assert.Equal(("dog", 0.5), (ranking.Label, ranking.Score));
        Assert.Equal([new ScoredLabel("dog", 0.5f, 1), new ScoredLabel("cow", 0.25f, 2), new ScoredLabel("cat", 0.1f, 0)], ranking.Labels);
    }

    [Theory]
    [MemberData(nameof(ScoreShapes))]
    public void Read_ShapeUnknownAtLoad_IsCheckedWithTheTensor(int[] shape)
    {
        var processor = Postprocessor.Create(new OutputManifest(), new TensorSpec("scores", DataType.Float32, PartialShape.Unknown), Labels, "model.json");

        Assert.Equal("cat", processor.Read(Tensor.From<float>(Shape.Of(shape), 1, 0, 0, 0, 0)).Label);
        var error = Assert.Throws<InvalidLabelsException>(() => processor.Read(Tensor.From<float>(Shape.Of(1, 6), 1, 0, 0, 0, 0, 0)));
        Assert.Contains("5 labels", error.Message, StringComparison.Ordinal);
        Assert.Contains("6 classes", error.Message, StringComparison.Ordinal);
        Assert.Throws<UnsupportedManifestException>(() => processor.Read(Tensor.Zeros(DataType.Float32, Shape.Of(2, 5))));
        Assert.Throws<UnsupportedManifestException>(() => processor.Read(Tensor.Zeros(DataType.Int32, Shape.Of(1, 5))));
    }

    [Theory]
    [MemberData(nameof(OtherShapes))]
    public void Create_OutputThatIsNoListOfScores_IsRefusedWithItsShape(int[] shape)
    {
        var output = new TensorSpec("features", DataType.Float32, PartialShape.Of(shape));

        var error = Assert.Throws<UnsupportedManifestException>(() => Postprocessor.Create(new OutputManifest(), output, Labels, "model.json"));

        Assert.Contains($"features\", which is Float32{output.Shape}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DataType.Int32)]
    [InlineData(DataType.UInt8)]
    [InlineData(DataType.String)]
    public void Create_OutputOfAnotherType_IsRefused(DataType dataType) =>
        Assert.Throws<UnsupportedManifestException>(
            () => Postprocessor.Create(new OutputManifest(), new TensorSpec("classes", dataType, PartialShape.Of(-1, 5)), Labels, "model.json"));

    [Fact]
    public void Create_WrongCountOfLabels_NamesBothNumbersAndTheFile()
    {
        var error = Assert.Throws<InvalidLabelsException>(() => Create(new OutputManifest { Labels = "names.txt" }, [-1, 1000]));

        Assert.Equal($"{Path.Combine("models", "names.txt")}: the file has 5 labels, the model's output \"scores\" has 1000 classes.", error.Message);
    }

    [Fact]
    public void Read_EqualScores_PutsTheLowerIndexFirst()
    {
        var ranking = Read(new OutputManifest { Top = 4 }, [1, 5], [0.2f, 0.3f, 0.2f, 0.3f, 0.2f]);

        Assert.Equal("dog", ranking.Label);
        Assert.Equal([1, 3, 0, 2], ranking.Labels.Select(label => label.Index));
    }

    [Fact]
    public void Read_TopAboveTheClasses_GivesAll() => Assert.Equal(5, Read(new OutputManifest { Top = 100 }, [1, 5], [1, 2, 3, 4, 5]).Labels.Length);

    [Fact]
    public void Read_Softmax_SubtractsTheMaximum()
    {
        var ranking = Read(new OutputManifest { Activation = Activation.Softmax }, [1, 5], [1000, 1001, 1000, -1e30f, float.MinValue]);

        Assert.Equal("dog", ranking.Label);
        Assert.Equal(1 / (1 + (2 * Math.Exp(-1))), ranking.Score!.Value, 12);
        Assert.Equal(0, ranking.Labels[^1].Score);
    }

    [Fact]
    public void Read_Sigmoid_TakesEachClassForItself()
    {
        var ranking = Read(new OutputManifest { Activation = Activation.Sigmoid }, [1, 5], [0, 2, -2, -1e30f, 1e30f]);

        Assert.Equal([1, 1 / (1 + Math.Exp(-2)), 0.5, 1 / (1 + Math.Exp(2)), 0], ranking.Labels.Select(label => label.Score), (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Theory]
    [InlineData(0.5f, "dog")]
    [InlineData(0.49999997f, null)]
    public void Read_Threshold_IsReachedByItsOwnFloat(float score, string? label) =>
        Assert.Equal(label, Read(new OutputManifest { Threshold = 0.5 }, [1, 5], [0, score, 0, 0, 0]).Label);

    [Fact]
    public void Read_ThresholdThatNoDoubleEquals_LetsTheFloatThrough() =>
        Assert.Equal("dog", Read(new OutputManifest { Threshold = 0.7 }, [1, 5], [0, 0.7f, 0, 0, 0]).Label);

    [Fact]
    public void Read_NothingOverItsThreshold_HasNoLabelButAList()
    {
        var ranking = Read(new OutputManifest { Threshold = 0.9, Top = 2 }, [1, 5], [0.1f, 0.5f, 0.2f, 0.1f, 0.1f]);

        Assert.Equal((null, null), (ranking.Label, ranking.Score));
        Assert.Equal(["dog", "cow"], ranking.Labels.Select(label => label.Label));
    }

    [Fact]
    public void Read_OwnThreshold_GoesBeforeTheCommonOne()
    {
        var manifest = new OutputManifest
        {
            Threshold = 0.3,
            Thresholds = ImmutableDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("dog", 0.8), KeyValuePair.Create("cat", 0.01)]),
        };

        var ranking = Read(manifest, [1, 5], [0.05f, 0.5f, 0.25f, 0.1f, 0.1f]);

        Assert.Equal(("cat", (double)0.05f), (ranking.Label, ranking.Score));
        Assert.Equal("dog", ranking.Labels[0].Label);
    }

    [Fact]
    public void Read_IgnoredLabels_AreNeitherGivenNorListed()
    {
        var ranking = Read(new OutputManifest { Ignore = ["crane", "dog"] }, [1, 5], [0.1f, 0.5f, 0.2f, 0.9f, 0.8f]);

        Assert.Equal("cow", ranking.Label);
        Assert.Equal([2, 0], ranking.Labels.Select(label => label.Index));
    }

    [Fact]
    public void Create_UnknownLabels_AreAllNamedWithTheNearest()
    {
        var manifest = new OutputManifest
        {
            Thresholds = ImmutableDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("carne", 0.8)]),
            Ignore = ["cat", "horse"],
        };

        var errors = Assert.Throws<InvalidManifestException>(() => Create(manifest, [1, 5])).Errors;

        Assert.Equal([("$.output.thresholds.carne", "crane"), ("$.output.ignore[1]", null)], errors.Select(error => (error.Path, error.Suggestion)));
    }

    [Fact]
    public void Create_EveryLabelIgnored_IsRefused() =>
        Assert.Throws<InvalidManifestException>(() => Create(new OutputManifest { Ignore = ["cat", "dog", "cow", "crane"] }, [1, 5]));

    [Theory]
    [InlineData(float.NaN, Activation.None)]
    [InlineData(float.PositiveInfinity, Activation.Softmax)]
    [InlineData(float.NegativeInfinity, Activation.Sigmoid)]
    public void Read_NonFiniteScore_IsRefusedAndNamed(float score, Activation activation)
    {
        var error = Assert.Throws<NonFiniteScoresException>(() => Read(new OutputManifest { Activation = activation }, [1, 5], [1, 2, 3, score, 4]));

        Assert.Equal(("scores", 3), (error.Output, error.Index));
    }

    [Fact]
    public void Read_HalvesAndDoubles_AreScoresToo()
    {
        ImmutableArray<string> labels = ["a", "b"];
        var halves = Postprocessor.Create(new OutputManifest(), new TensorSpec("s", DataType.Float16, PartialShape.Of(1, 2)), labels, "model.json");
        var doubles = Postprocessor.Create(new OutputManifest(), new TensorSpec("s", DataType.Float64, PartialShape.Of(1, 2)), labels, "model.json");

        Assert.Equal(0.75, halves.Read(Tensor.From(Shape.Of(1, 2), (Half)0.25, (Half)0.75)).Score);
        Assert.Equal(1e-300, doubles.Read(Tensor.From(Shape.Of(1, 2), 1e-300, 0)).Score);
    }

    private static Ranking Read(OutputManifest manifest, int[] shape, float[] scores) => Create(manifest, shape).Read(Tensor.From<float>(Shape.Of(shape), scores));

    private static Postprocessor Create(OutputManifest manifest, int[] shape) =>
        Postprocessor.Create(manifest, new TensorSpec("scores", DataType.Float32, PartialShape.Of(shape)), Labels, Path.Combine("models", "model.json"));
}
