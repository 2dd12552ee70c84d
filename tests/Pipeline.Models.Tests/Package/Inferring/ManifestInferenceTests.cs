using System.Text;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Inferring;
using Pipeline.Models.Package.Manifest;
using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.Package.Inferring;

public sealed class ManifestInferenceTests
{
    private static readonly long[] Rgb = [-1, 8, 8, 3];

    private static readonly NodeDef[] Rescaling = [PictureModel.Numbers("scale", [], 1 / 255f), Nodes.Node("mul", "Mul", "image", "scale")];

    [Theory]
    [InlineData(224, "picture_input", "input 224")]
    [InlineData(96, "sequential_3_input", "the tensor's name")]
    [InlineData(224, "sequential_1_input", "both")]
    public void Infer_NumberedLabelsAndTeachableMachinesForm_IsFedAsAllOfThem(int side, string name, string why)
    {
        Assert.NotEmpty(why);
        using var model = new PictureModel([-1, side, side, 3], "image")
            .With(builder => builder.Signature("serving_default", (name, "image:0", TensorFlowType.Float, [-1, side, side, 3]), ("sequential_3", "softmax:0", [-1, 3])))
            .Write("0 Cats\n1 Dogs\n2 Nothing here\n");

        var inferred = ManifestInference.Infer(model.Path);
        var manifest = inferred.ToManifest();

        Assert.Equal("Teachable Machine export", inferred.Form);
        Assert.Equal((Pipeline.Imaging.Resizing.FitMode.PillowFit, "pil-lanczos", side), (manifest.Input.Fit, manifest.Input.Resize, manifest.Input.Width));
        Assert.Equal([127.5f], manifest.Input.Mean!.Value);
        Assert.Equal([127.5f], manifest.Input.Std!.Value);
        Assert.Equal(["Cats", "Dogs", "Nothing here"], ModelPackage.Load(model.Path, TimeProvider.System, CancellationToken.None).Labels);
    }

    [Theory]
    [InlineData(96, "image", "0 a\n1 b\n2 c\n")]
    [InlineData(224, "sequential_1_input", "a\nb\nc\n")]
    [InlineData(224, "sequential_1_input", "1 a\n2 b\n3 c\n")]
    public void Infer_OnlyPartOfTeachableMachinesForm_Asks(int side, string name, string labels)
    {
        using var model = new PictureModel([-1, side, side, 3], "image")
            .With(builder => builder.Signature("serving_default", (name, "image:0", TensorFlowType.Float, [-1, side, side, 3]), ("sequential_3", "softmax:0", [-1, 3])))
            .Write(labels);

        Assert.NotEmpty(ManifestInference.Infer(model.Path).Questions);
    }

    [Fact]
    public void Infer_NumberedLabelsOfAModelThatRescales_FeedsPixels()
    {
        using var model = new PictureModel([-1, 224, 224, 3], "mul", Rescaling).WithSignature().Write("0 a\n1 b\n2 c\n");

        Assert.Equal([0f], ManifestInference.Infer(model.Path).ToManifest().Input.Mean!.Value);
    }

    [Fact]
    public void Infer_BytesIn_FeedsThem()
    {
        using var model = new PictureModel(
            TensorFlowType.UInt8, Rgb, "wide", Nodes.Node("wide", "Cast", "image").With("SrcT", Nodes.Type(TensorFlowType.UInt8)).With("DstT", Nodes.Type(TensorFlowType.Float)))
            .WithSignature().Write();

        var inferred = ManifestInference.Infer(model.Path);

        Assert.Empty(inferred.Questions);
        Assert.Null(inferred.ToManifest().Input.Mean);
        ModelPackage.Check(model.Path, inferred.ToManifest());
    }

    [Fact]
    public void Infer_ResizeOfFreePicturesInTheGraph_IsDoneBeforehand()
    {
        using var model = new PictureModel(
            [-1, -1, -1, 3], "mul",
            Nodes.Const("size", PictureModel.Integers(12, 20)),
            Nodes.Node("resize", "ResizeBilinear", "image", "size").With("half_pixel_centers", new AttrValue { B = true }),
            PictureModel.Numbers("scale", [], 1 / 255f), Nodes.Node("mul", "Mul", "resize", "scale")).WithSignature().Write();

        var manifest = ManifestInference.Infer(model.Path).ToManifest();

        Assert.Equal((20, 12, "tf-bilinear"), (manifest.Input.Width, manifest.Input.Height, manifest.Input.Resize));
    }

    [Fact]
    public void Infer_LegacyResizeInTheGraph_IsNamedAsSuch()
    {
        using var model = new PictureModel(
            [-1, -1, -1, 3], "mul",
            Nodes.Const("size", PictureModel.Integers(12, 20)),
            Nodes.Node("resize", "ResizeBilinear", "image", "size").With("align_corners", new AttrValue { B = true }),
            PictureModel.Numbers("scale", [], 1 / 255f), Nodes.Node("mul", "Mul", "resize", "scale")).WithSignature().Write();

        var input = ManifestInference.Infer(model.Path).ToManifest().Input;

        Assert.Equal(("tf1-bilinear", true), (input.Resize, input.AlignCorners));
    }

    [Fact]
    public void Infer_SizeThatNothingTells_Asks()
    {
        using var model = new PictureModel([-1, -1, -1, 3], "mul", Rescaling).WithSignature().Write();

        Assert.Equal(["$.input.width", "$.input.height"], Assert.Single(ManifestInference.Infer(model.Path).Questions).Paths);
    }

    [Fact]
    public void Infer_OutputWithoutActivation_AsksForOne()
    {
        using var model = new PictureModel(Rgb, "mul", Rescaling).WithSignature(output: "mean:0").Write();

        var question = Assert.Single(ManifestInference.Infer(model.Path).Questions);

        Assert.Equal(["$.output.activation"], question.Paths);
        Assert.Equal(["\"softmax\"", "\"sigmoid\""], question.Choices.Select(choice => choice.Values[0].Json));
    }

    [Fact]
    public void Infer_OnlySignature_IsTaken()
    {
        using var model = new PictureModel(Rgb, "mul", Rescaling).WithSignature("predict").Write();

        Assert.Equal("predict", ManifestInference.Infer(model.Path).ToManifest().Signature);
    }

    [Fact]
    public void Infer_SeveralSignaturesAndNoneIsUsual_AsksWithAManifestForEach()
    {
        using var model = new PictureModel(Rgb, "mul", Rescaling).WithSignature("first").WithSignature("second", output: "mean:0").Write();

        var inferred = ManifestInference.Infer(model.Path);

        Assert.Equal(["$.signature"], Assert.Single(inferred.Questions).Paths);
        Assert.Contains("first, second", Assert.Throws<MissingManifestException>(() => inferred.ToManifest()).Message, StringComparison.Ordinal);
        Assert.Equal(["first", "second"], inferred.Proposals.Select(Read).Select(manifest => manifest.Signature));
        Assert.All(inferred.Proposals.Select(Read), manifest => ModelPackage.Check(model.Path, manifest));
        Assert.Equal("second", ManifestInference.Infer(model.Path, new InferenceHints("second")).Values[0].Json.Trim('"'));
    }

    [Fact]
    public void Infer_SeveralOutputsOfScores_AsksWithAManifestForEach()
    {
        using var model = new PictureModel(Rgb, "mul", Rescaling)
            .With(builder => builder.Signature("serving_default", ("image", "image:0", TensorFlowType.Float, Rgb), ("logits", "mean:0", [-1, 3]), ("probabilities", "softmax:0", [-1, 3])))
            .Write();

        var inferred = ManifestInference.Infer(model.Path);

        Assert.Equal(["$.output.tensor"], Assert.Single(inferred.Questions).Paths);
        Assert.All(inferred.Proposals.Select(Read), manifest => ModelPackage.Check(model.Path, manifest));
        Assert.Empty(ManifestInference.Infer(model.Path, new InferenceHints(Output: "probabilities")).Questions);
    }

    [Fact]
    public void Infer_EncodedPicturesIn_AreRefusedByName()
    {
        using var model = new PictureModel(TensorFlowType.String, [-1], "mul", [PictureModel.Numbers("x", [1, 8, 8, 3], 1), PictureModel.Numbers("scale", [], 1), Nodes.Node("mul", "Mul", "x", "scale")])
            .With(builder => builder.Signature("serving_default", ("image_bytes", "image:0", TensorFlowType.String, [-1]), ("scores", "softmax:0", [-1, 3]))).Write();

        var error = Assert.Throws<UnsupportedModelException>(() => ManifestInference.Infer(model.Path));

        Assert.Equal("image_bytes", error.Nodes[0].Name);
        Assert.Contains("Vertex", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Proposals_OfAFloatModel_AreTwoThatFitIt()
    {
        using var model = new PictureModel(Rgb, "image").WithSignature().Write();

        var error = Assert.Throws<MissingManifestException>(() => ModelPackage.Load(model.Path, TimeProvider.System, CancellationToken.None));

        Assert.Equal(2, error.Proposals.Length);
        Assert.All(error.Proposals, proposal => Assert.Contains(proposal.Json, error.Message, StringComparison.Ordinal));
        Assert.All(error.Proposals.Select(Read), manifest => ModelPackage.Check(model.Path, manifest));
        Assert.NotEqual(error.Proposals[0].Json, error.Proposals[1].Json);
    }

    [Fact]
    public void Infer_AnyValue_SaysWhereItComesFrom()
    {
        using var model = new PictureModel(Rgb, "mul", Rescaling).WithSignature().Write();

        var inferred = ManifestInference.Infer(model.Path);

        Assert.All(inferred.Values, value => Assert.NotEmpty(value.Source));
        Assert.All(inferred.Values, value => Assert.Contains(value.Path, ManifestKeys.Paths));
        Assert.True(inferred.Values.Single(value => value.Path == "$.input.resize").IsAssumed);
        Assert.False(inferred.Values.Single(value => value.Path == "$.input.mean").IsAssumed);
        Assert.Equal(inferred.Values, ModelPackage.Load(model.Path, TimeProvider.System, CancellationToken.None).Inferred);
    }

    private static ModelManifest Read(ManifestProposal proposal) => ManifestReader.Read(Encoding.UTF8.GetBytes(proposal.Json), "proposal");
}
