using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;
using Pipeline.Models.Tests.Package.Support;

namespace Pipeline.Models.Tests.Package;

public sealed class ModelPackageTests
{
    [Fact]
    public void Load_SamplePackage_KnowsItself()
    {
        var model = Load(SamplePackage.Sample);

        Assert.Equal(new ModelFacts("efficientnet-lite0", "1", ModelHash.OfSavedModel(SamplePackage.Sample, CancellationToken.None), ModelFormat.SavedModel), model.Facts);
        Assert.Equal(1000, model.Labels.Length);
        Assert.Equal((224, 224), (model.Preprocessor.Width, model.Preprocessor.Height));
    }

    [Fact]
    public void Load_ManifestWithoutAName_IsCalledAsItsFolder()
    {
        using var package = new SamplePackage();
        package.ChangeManifest(manifest => manifest.Remove("name"));

        Assert.Equal(Path.GetFileName(package.Path), Load(package.Path).Facts.Name);
    }

    [Fact]
    public void Load_ManifestThatLeavesToTheSignatureWhatItKnows_Loads()
    {
        using var package = new SamplePackage();
        package.ChangeManifest(manifest =>
        {
            manifest.Remove("signature");
            manifest.Remove("output");
            var input = manifest["input"]!.AsObject();
            input.Remove("tensor");
            input.Remove("width");
            input.Remove("height");
        });

        Assert.Equal((224, 224), (Load(package.Path).Preprocessor.Width, Load(package.Path).Preprocessor.Height));
    }

    [Fact]
    public void Load_NoSuchFolder_IsNamed()
    {
        var folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

        Assert.Contains(folder, Assert.Throws<DirectoryNotFoundException>(() => Load(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FolderThatIsNoModel_SaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("readme.txt", "nothing here");

        Assert.Contains("saved_model.pb", Assert.Throws<InvalidModelException>(() => Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TensorFlowLite_IsRefusedAsNotReadYet()
    {
        using var folder = new TemporaryFolder();
        folder.Write("model.tflite", "....TFL3");

        Assert.Contains("model.tflite", Assert.Throws<UnsupportedModelException>(() => Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoManifest_IsRefusedWithTwoThatWouldLoad()
    {
        using var package = new SamplePackage();
        File.Delete(package.At("model.json"));

        var error = Assert.Throws<MissingManifestException>(() => Load(package.Path));

        Assert.Equal(2, error.Proposals.Length);
        foreach (var proposal in error.Proposals)
        {
            Assert.Contains(proposal.Json, error.Message, StringComparison.Ordinal);
            var manifest = ManifestReader.Read(Encoding.UTF8.GetBytes(proposal.Json), "proposal");
            Assert.Equal(("images", 224, 224), (manifest.Input.Tensor, manifest.Input.Width, manifest.Input.Height));
            Assert.Equal(("probabilities", Activation.None), (manifest.Output.Tensor, manifest.Output.Activation));
            File.WriteAllText(package.At("model.json"), proposal.Json);
            Assert.Equal(1000, Load(package.Path).Labels.Length);
            File.Delete(package.At("model.json"));
        }
    }

    [Fact]
    public void Load_NoVariables_IsRefused()
    {
        using var package = new SamplePackage();
        package.ChangeManifest(_ => { });
        Directory.Delete(package.At("variables"), recursive: true);

        Assert.Contains("variables", Assert.Throws<InvalidModelException>(() => Load(package.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("variables/variables.data-00000-of-00003", 1000)]
    [InlineData("variables/variables.data-00002-of-00003", 1_000_000)]
    [InlineData("variables/variables.index", 100)]
    [InlineData("variables/variables.index", 5)]
    public void Load_FlippedByteInTheWeights_IsRefused(string file, int offset)
    {
        using var package = new SamplePackage();
        package.ChangeManifest(_ => { });
        package.FlipByte(file, offset);

        Assert.Throws<InvalidModelException>(() => Load(package.Path));
    }

    [Fact]
    public void Load_FlippedByteAnywhere_IsRefusedByTheHash()
    {
        using var package = new SamplePackage();
        package.FlipByte("saved_model.pb", 5000);

        var error = Assert.Throws<InvalidModelException>(() => Load(package.Path));

        Assert.Contains("606f985e", error.Expected, StringComparison.Ordinal);
        Assert.Equal(ModelHash.OfSavedModel(package.Path, CancellationToken.None), error.Found);
    }

    [Fact]
    public void Load_UnsupportedOperator_IsNamed()
    {
        using var package = new SamplePackage();
        package.ChangeManifest(_ => { });
        package.Rename("saved_model.pb", "Relu6", "Relu7");

        var error = Assert.Throws<UnsupportedModelException>(() => Load(package.Path));

        Assert.Contains("Relu7", error.Message, StringComparison.Ordinal);
        Assert.True(error.Nodes.Length > 1);
    }

    [Fact]
    public void Load_MisspeltKey_IsRefusedWithTheRightOne()
    {
        using var package = new SamplePackage();
        package.ChangeManifest(manifest => manifest["input"]!.AsObject()["resieze"] = "pil-box");

        var error = Assert.Single(Assert.Throws<InvalidManifestException>(() => Load(package.Path)).Errors);

        Assert.Equal(("$.input.resieze", "resize"), (error.Path, error.Suggestion));
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1001)]
    public void Load_LabelsOfAnotherCount_AreRefusedWithBothNumbers(int count)
    {
        using var package = new SamplePackage();
        File.WriteAllLines(package.At("labels.txt"), Enumerable.Range(0, count).Select(number => $"label {number}"));

        var error = Assert.Throws<InvalidLabelsException>(() => Load(package.Path));

        Assert.Contains($"{count} labels", error.Message, StringComparison.Ordinal);
        Assert.Contains("1000 classes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoLabels_IsRefused()
    {
        using var package = new SamplePackage();
        File.Delete(package.At("labels.txt"));

        Assert.Throws<InvalidLabelsException>(() => Load(package.Path));
    }

    [Fact]
    public void Load_ManifestOfAnotherModel_IsRefusedWithEverythingAtOnce()
    {
        using var package = new SamplePackage();
        package.ChangeManifest(manifest =>
        {
            manifest["input"]!["tensor"] = "image";
            manifest["output"] = new JsonObject { ["tensor"] = "dense_1" };
        });

        var error = Assert.Throws<InvalidManifestException>(() => Load(package.Path));

        Assert.Equal([("$.input.tensor", "images"), ("$.output.tensor", null)], error.Errors.Select(item => (item.Path, item.Suggestion)));
        Assert.Equal("\"probabilities\"", error.Errors[1].Allowed);
    }

    [Fact]
    public void Load_ManifestOfAnotherSize_NamesBothNumbers()
    {
        using var package = new SamplePackage();
        package.ChangeManifest(manifest => manifest["input"]!["width"] = 299);

        var error = Assert.Single(Assert.Throws<InvalidManifestException>(() => Load(package.Path)).Errors);

        Assert.Equal(("$.input.width", "299"), (error.Path, error.Found));
        Assert.Contains("224", error.Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("sigmoid")]
    public void Load_ActivationOfAnActivatedOutput_IsRefused(string activation)
    {
        using var package = new SamplePackage();
        package.ChangeManifest(manifest => manifest["output"]!["activation"] = activation);

        Assert.Equal("$.output.activation", Assert.Single(Assert.Throws<InvalidManifestException>(() => Load(package.Path)).Errors).Path);
    }

    [Fact]
    public void Load_AnotherSignature_IsRefusedWithThoseThereAre()
    {
        using var package = new SamplePackage();
        package.ChangeManifest(manifest => manifest["signature"] = "predict");

        Assert.Contains("serving_default", Assert.Throws<InvalidModelException>(() => Load(package.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhatIsNotBuilt_IsNamed()
    {
        using var package = new SamplePackage();
        package.ChangeManifest(manifest => manifest["input"]!["resize"] = "cv-area");

        Assert.Equal("$.input.resize", Assert.Single(Assert.Throws<UnsupportedManifestException>(() => Load(package.Path)).Errors).Path);
    }

    [Fact]
    public void Load_Cancelled_Ends() =>
        Assert.Throws<OperationCanceledException>(() => ModelPackage.Load(SamplePackage.Sample, TimeProvider.System, new CancellationToken(canceled: true)));

    private static LoadedModel Load(string folder) => ModelPackage.Load(folder, TimeProvider.System, CancellationToken.None);
}
