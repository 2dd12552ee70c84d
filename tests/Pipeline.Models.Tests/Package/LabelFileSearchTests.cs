using Pipeline.Models.Package;
using Pipeline.Models.Package.Inferring;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.Package;

public sealed class LabelFileSearchTests
{
    private static readonly NodeDef[] Rescaling = [PictureModel.Numbers("scale", [], 1 / 255f), Nodes.Node("mul", "Mul", "image", "scale")];

    [Theory]
    [InlineData("labels.txt")]
    [InlineData("label.txt")]
    [InlineData("classes.txt")]
    [InlineData("Labels.TXT")]
    [InlineData("imagenet_labels")]
    [InlineData("class_names.txt")]
    [InlineData("assets/labels.txt")]
    [InlineData("assets/my-labels-v2.txt")]
    public void Load_LabelsUnderACommonName_AreFound(string name)
    {
        using var model = Model().WithFile(name, "a\nb\nc\n");

        Assert.Equal(["a", "b", "c"], ModelPackage.Load(model.Path, TimeProvider.System, CancellationToken.None).Labels);
    }

    [Theory]
    [InlineData("readme.txt")]
    [InlineData("labels.png")]
    [InlineData("variables/labels.txt")]
    public void Load_NoLabels_AreRefusedWithWhatToWrite(string name)
    {
        using var model = Model().WithFile(name, "a\nb\nc\n");

        Assert.Contains("3 lines", Refusal(model).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TwoLabelFiles_AreBothNamed()
    {
        using var model = Model().WithFile("labels.txt", "a\nb\nc\n").WithFile("classes.txt", "c\nb\na\n");

        Assert.Contains("labels.txt and classes.txt", Refusal(model).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TheSameLabelsTwice_AreNoQuestion()
    {
        using var model = Model().WithFile("labels.txt", "a\nb\nc\n").WithFile("assets/labels.txt", "a\nb\nc\n");

        Assert.Equal("\"labels.txt\"", ManifestInference.Infer(model.Path).Values.Single(value => value.Path == "$.output.labels").Json);
        Assert.Equal(3, ModelPackage.Load(model.Path, TimeProvider.System, CancellationToken.None).Labels.Length);
    }

    [Theory]
    [InlineData("a\nb\n", "2 labels")]
    [InlineData("a\nb\nc\nd\n", "4 labels")]
    public void Load_LabelsOfAnotherCount_AreRefusedWithBothNumbers(string labels, string found)
    {
        using var model = Model().WithFile("label.txt", labels);
        var message = Refusal(model).Message;

        Assert.Contains(found, message, StringComparison.Ordinal);
        Assert.Contains("3 classes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BrokenLabels_AreRefusedWithTheLine()
    {
        using var model = Model().WithFile("labels.txt", "a\n\nc\n");

        Assert.Contains("line 2", Refusal(model).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LabelsThatLeadOutOfTheFolder_AreRefusedUnread()
    {
        using var model = Model();
        File.CreateSymbolicLink(Path.Combine(model.Path, "labels.txt"), "/etc/hostname");

        Assert.Contains("outside", Assert.Throws<InvalidModelException>(() => ManifestInference.Infer(model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LabelsBesideTheFolder_AreMentioned()
    {
        using var outer = new TemporaryFolder();
        outer.Write("labels.txt", "a\nb\nc\n");
        using var model = Model();
        var inner = Path.Combine(outer.Path, "model.savedmodel");
        Directory.CreateDirectory(inner);
        File.Copy(Path.Combine(model.Path, "saved_model.pb"), Path.Combine(inner, "saved_model.pb"));

        var error = Assert.Throws<InvalidLabelsException>(() => ModelPackage.Load(inner, TimeProvider.System, CancellationToken.None));

        Assert.Contains(Path.Combine(outer.Path, "labels.txt"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infer_TeachableMachinesArchive_IsKnownByTheLabelsAboveAndNeedsThemInside()
    {
        using var outer = new TemporaryFolder();
        outer.Write("labels.txt", "0 Cats\n1 Dogs\n2 Birds\n");
        using var model = new PictureModel([-1, 224, 224, 3], "image").WithSignature().Write(labels: string.Empty);
        var inner = Path.Combine(outer.Path, "model.savedmodel");
        Directory.CreateDirectory(inner);
        File.Copy(Path.Combine(model.Path, "saved_model.pb"), Path.Combine(inner, "saved_model.pb"));

        var inferred = ManifestInference.Infer(inner);

        Assert.Empty(inferred.Questions);
        Assert.Contains("--labels", inferred.LabelProblem!.Detail, StringComparison.Ordinal);
        Assert.Null(ManifestInference.Infer(inner, new InferenceHints(LabelFile: Path.Combine(outer.Path, "labels.txt"))).LabelProblem);
    }

    private static PictureModel Model() => new PictureModel([-1, 8, 8, 3], "mul", Rescaling).WithSignature().Write(labels: string.Empty);

    private static InvalidLabelsException Refusal(PictureModel model) =>
        Assert.Throws<InvalidLabelsException>(() => ModelPackage.Load(model.Path, TimeProvider.System, CancellationToken.None));
}
