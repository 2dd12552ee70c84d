using Pipeline.Models.Package.Inferring;
using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.Package.Inferring;

/// <summary>A Rescaling or Normalization layer within the graph tells that pixels of 0 to 255 are fed.</summary>
public sealed class GraphNormalizationTests
{
    private static readonly long[] Rgb = [-1, 8, 8, 3];
    private static readonly long[] PerChannel = [1, 1, 1, 3];

    [Fact]
    public void Infer_RescalingOfKeras_FeedsPixels() =>
        AssertPixels(Rgb, "add", PictureModel.Numbers("scale", [], 1 / 127.5f), PictureModel.Numbers("offset", [], -1), Nodes.Node("mul", "Mul", "image", "scale"), Nodes.Node("add", "AddV2", "mul", "offset"));

    [Fact]
    public void Infer_RescalingWithTheConstantFirst_FeedsPixels() =>
        AssertPixels(Rgb, "mul", PictureModel.Numbers("scale", [1], 1 / 255f), Nodes.Node("mul", "Mul", "scale", "image"));

    [Fact]
    public void Infer_DivisionAndSubtraction_FeedsPixels() =>
        AssertPixels(Rgb, "sub", PictureModel.Numbers("c", [], 127.5f), PictureModel.Numbers("one", [], 1), Nodes.Node("div", "RealDiv", "image", "c"), Nodes.Node("sub", "Sub", "div", "one"));

    [Fact]
    public void Infer_InvertedPicture_FeedsPixels() =>
        AssertPixels(Rgb, "div", PictureModel.Numbers("white", [], 255), PictureModel.Numbers("c", [], 255), Nodes.Node("sub", "Sub", "white", "image"), Nodes.Node("div", "RealDiv", "sub", "c"));

    [Fact]
    public void Infer_NormalizationWhoseDeviationIsComputedFromTheVariance_FeedsPixels() =>
        AssertPixels(
            Rgb,
            "div",
            PictureModel.Numbers("mean_of_all", PerChannel, 110, 105, 95),
            PictureModel.Numbers("variance", PerChannel, 3600, 3500, 3700),
            PictureModel.Numbers("epsilon", [], 1e-7f),
            Nodes.Node("sqrt", "Sqrt", "variance"),
            Nodes.Node("deviation", "Maximum", "sqrt", "epsilon"),
            Nodes.Node("sub", "Sub", "image", "mean_of_all"),
            Nodes.Node("div", "RealDiv", "sub", "deviation"));

    [Fact]
    public void Infer_ChannelsReversedAndTheirMeansTakenOff_FeedsPixels() =>
        AssertPixels(
            Rgb,
            "sub",
            Nodes.Const("begin", PictureModel.Integers(0, 0, 0, -1)),
            Nodes.Const("end", PictureModel.Integers(0, 0, 0, -4)),
            Nodes.Const("strides", PictureModel.Integers(1, 1, 1, -1)),
            Nodes.Node("bgr", "StridedSlice", "image", "begin", "end", "strides").With("begin_mask", new AttrValue { I = 7 }).With("end_mask", new AttrValue { I = 7 }),
            PictureModel.Numbers("means", [3], 103.939f, 116.779f, 123.68f),
            Nodes.Node("sub", "Sub", "bgr", "means"));

    [Fact]
    public void Infer_ChannelsBeforeRows_ReadsTheirOwnNumbers()
    {
        using var model = new PictureModel(
            [-1, 3, 8, 8], "nhwc", PictureModel.Numbers("scale", [3, 1, 1], 0.01f, 0.02f, 0.03f), Nodes.Node("mul", "Mul", "image", "scale"),
            Nodes.Const("order", PictureModel.Integers(0, 2, 3, 1)), Nodes.Node("nhwc", "Transpose", "mul", "order")).WithSignature().Write();

        var inferred = ManifestInference.Infer(model.Path);

        Assert.Equal("\"nchw\"", inferred.Values.Single(value => value.Path == "$.input.layout").Json);
        Assert.Contains("x · 0.01 + 0, x · 0.02 + 0, x · 0.03 + 0", inferred.Values.Single(value => value.Path == "$.input.mean").Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Infer_CastAndMixedPrecision_FeedsPixels() =>
        AssertPixels(
            Rgb,
            "wide",
            Nodes.Node("half", "Cast", "image").With("SrcT", Nodes.Type(TensorFlowType.Float)).With("DstT", Nodes.Type(TensorFlowType.Half)),
            Nodes.Node("wide", "Cast", "mul").With("SrcT", Nodes.Type(TensorFlowType.Half)).With("DstT", Nodes.Type(TensorFlowType.Float)),
            PictureModel.Numbers("scale", [], 1 / 255f),
            Nodes.Node("narrow", "Cast", "scale").With("SrcT", Nodes.Type(TensorFlowType.Float)).With("DstT", Nodes.Type(TensorFlowType.Half)),
            Nodes.Node("mul", "Mul", "half", "narrow"));

    [Fact]
    public void Infer_NormalizationOfValuesUpToOne_AsksWithThatFirst()
    {
        var question = AskedFor(
            "div", PictureModel.Numbers("m", [3], 0.485f, 0.456f, 0.406f), PictureModel.Numbers("d", [3], 0.229f, 0.224f, 0.225f), Nodes.Node("sub", "Sub", "image", "m"), Nodes.Node("div", "RealDiv", "sub", "d"));

        Assert.Contains("0 to 1", question.Reason, StringComparison.Ordinal);
        Assert.Equal(("$.input.std", "255"), (question.Choices[0].Values[1].Path, question.Choices[0].Values[1].Json));
    }

    [Fact]
    public void Infer_ArithmeticThatTellsNothing_Asks() =>
        AskedFor("add", PictureModel.Numbers("zero", [], 0), PictureModel.Numbers("one", [], 1), Nodes.Node("mul", "Mul", "image", "one"), Nodes.Node("add", "AddV2", "mul", "zero"));

    [Fact]
    public void Infer_ScaleOfEachRow_IsNoNormalization() =>
        AskedFor("mul", PictureModel.Numbers("scale", [1, 8, 1, 1], [.. Enumerable.Repeat(1 / 255f, 8)]), Nodes.Node("mul", "Mul", "image", "scale"));

    [Fact]
    public void Infer_PictureUsedTwice_IsNoNormalization() =>
        AskedFor("sum", PictureModel.Numbers("scale", [], 1 / 255f), Nodes.Node("mul", "Mul", "image", "scale"), Nodes.Node("sum", "AddV2", "mul", "image"));

    [Fact]
    public void Infer_DivisionByTheChannel_IsNoNormalization() =>
        AskedFor("div", PictureModel.Numbers("c", [], 255), Nodes.Node("div", "RealDiv", "c", "image"));

    private static void AssertPixels(long[] shape, string last, params ReadOnlySpan<NodeDef> nodes)
    {
        using var model = new PictureModel(shape, last, nodes).WithSignature().Write();

        var inferred = ManifestInference.Infer(model.Path);

        Assert.Empty(inferred.Questions);
        Assert.Equal(["0", "1"], inferred.Values.Where(value => value.Path is "$.input.mean" or "$.input.std").Select(value => value.Json));
        var manifest = inferred.ToManifest();
        Assert.Equal("tf-bilinear", manifest.Input.Resize);
        Assert.Equal([0f], manifest.Input.Mean!.Value);
        Assert.Equal([1f], manifest.Input.Std!.Value);
    }

    private static OpenQuestion AskedFor(string last, params ReadOnlySpan<NodeDef> nodes)
    {
        using var model = new PictureModel(Rgb, last, nodes).WithSignature().Write();

        var question = ManifestInference.Infer(model.Path).Questions[0];

        Assert.Equal(["$.input.mean", "$.input.std"], question.Paths);
        Assert.Equal(2, question.Choices.Length);
        return question;
    }
}
