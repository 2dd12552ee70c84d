using System.IO.Compression;
using System.Text.Json;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Fixtures.Format;

namespace Pipeline.EndToEnd.Tests;

/// <summary>From somebody's own model to the right label, as a person types it.</summary>
public sealed class OwnModelTests : IDisposable
{
    private static readonly string SampleModel = Path.Combine(Programs.Checkout, "functions", "Pipeline.Functions", "model");

    private readonly string _folder = Directory.CreateTempSubdirectory("own-model-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Init_ModelThatTellsHowItIsFed_IsWrittenAndClassifies()
    {
        var model = Copy(Shared("fixtures/digits/saved_model"));
        File.Delete(Path.Combine(model, "model.json"));

        var (exitCode, output, error) = await CommandProcess.RunAsync("model", "init", model, "--top", "3", "--sha256", "--json");

        Assert.True(exitCode == 0, error);
        using var document = JsonDocument.Parse(output);
        var values = document.RootElement.GetProperty("values").EnumerateArray().ToDictionary(value => value.GetProperty("path").GetString()!, value => value);
        Assert.Equal("given", values["$.output.top"].GetProperty("source").GetString());
        Assert.False(values["$.input.mean"].GetProperty("isAssumed").GetBoolean());
        Assert.Equal("3", await LabelOfAsync(model, Path.Combine(Shared("fixtures/digits/samples"), "3_0.png")));
        Assert.Empty(Directory.EnumerateFiles(model, "*.tmp"));
    }

    [Fact]
    public async Task Classify_ModelWithoutAManifestThatTellsHowItIsFed_GivesTheLabel()
    {
        var model = Copy(Shared("fixtures/digits/saved_model"));
        File.Delete(Path.Combine(model, "model.json"));

        Assert.Equal("7", await LabelOfAsync(model, Path.Combine(Shared("fixtures/digits/samples"), "7_1.jpg")));
    }

    [Fact]
    public async Task Init_ModelThatDoesNotTell_WritesNothingAndSaysWhatToType()
    {
        var model = SampleWithoutManifest();

        var (exitCode, output, error) = await CommandProcess.RunAsync("model", "init", model, "--json");

        Assert.Equal(1, exitCode);
        Assert.False(File.Exists(Path.Combine(model, "model.json")));
        Assert.Contains("--mean 127.5 --std 127.5 --resize tf-bilinear", error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(output);
        Assert.Equal(2, document.RootElement.GetProperty("inferred").GetProperty("proposals").GetArrayLength());
    }

    [Fact]
    public async Task Init_OptionsThatAnswer_WriteAManifestThatIsNeverOverwrittenUnasked()
    {
        var model = SampleWithoutManifest();
        string[] answers = ["--mean", "127", "--std", "128", "--fit", "cover", "--resize", "pil-bicubic", "--name", "mine"];

        var (exitCode, output, error) = await CommandProcess.RunAsync(["model", "init", model, .. answers]);

        Assert.True(exitCode == 0, error);
        Assert.Contains("pipeline classify --model", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        var written = File.ReadAllText(Path.Combine(model, "model.json"));
        Assert.Equal("espresso", await LabelOfAsync(model, Path.Combine(Programs.Samples, "coffee.jpg")));

        var again = await CommandProcess.RunAsync(["model", "init", model, .. answers, "--top", "7"]);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("--force", again.Error, StringComparison.Ordinal);
        Assert.Equal(written, File.ReadAllText(Path.Combine(model, "model.json")));

        Assert.Equal(0, (await CommandProcess.RunAsync(["model", "init", model, .. answers, "--top", "7", "--force"])).ExitCode);
        Assert.Contains("\"top\": 7", File.ReadAllText(Path.Combine(model, "model.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "$.input.resize", "--resize", "tf-bilinaer")]
    [InlineData(1, "$.input.width", "--width", "299", "--resize", "pil-box")]
    [InlineData(1, "there is no such file", "--labels", "nowhere.txt", "--resize", "pil-box")]
    public async Task Init_ValuesThatCannotBe_WriteNothing(int expected, string message, params string[] options)
    {
        var model = SampleWithoutManifest();

        var (exitCode, _, error) = await CommandProcess.RunAsync(["model", "init", model, "--mean", "127", "--std", "128", .. options]);

        Assert.Equal(expected, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(model, "model.json")));
    }

    [Fact]
    public async Task Init_LabelsBesideTheFolder_AreCopiedIn()
    {
        var model = SampleWithoutManifest();
        var labels = Path.Combine(_folder, "names.txt");
        File.Move(Path.Combine(model, "labels.txt"), labels);

        var (exitCode, _, error) = await CommandProcess.RunAsync("model", "init", model, "--mean", "127", "--std", "128", "--resize", "pil-bicubic", "--labels", labels);

        Assert.True(exitCode == 0, error);
        Assert.Equal(File.ReadAllText(labels), File.ReadAllText(Path.Combine(model, "labels.txt")));
    }

    [Fact]
    public async Task Verify_PicturesInFoldersOfLabels_FindTheRightWayAndWriteIt()
    {
        var model = Copy(Shared("fixtures/digits/saved_model"));
        File.Delete(Path.Combine(model, "model.json"));
        var pictures = Sorted(Shared("fixtures/digits/samples"), file => Path.GetFileName(file)[..1]);
        Directory.CreateDirectory(Path.Combine(pictures, "ten"));

        var (exitCode, output, error) = await CommandProcess.RunAsync("model", "verify", model, "--images", pictures, "--write", "--json");

        Assert.True(exitCode == 0, error);
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        Assert.Equal((40, true, true), (root.GetProperty("pictures").GetInt32(), root.GetProperty("fits").GetBoolean(), root.GetProperty("isOwnRight").GetBoolean()));
        Assert.Equal("ten", root.GetProperty("unknownFolders")[0].GetProperty("name").GetString());
        var candidates = root.GetProperty("candidates").EnumerateArray().ToList();
        Assert.Equal("0 to 255, gray", candidates.Single(candidate => candidate.GetProperty("isChosen").GetBoolean()).GetProperty("values").GetString());
        Assert.All(
            candidates.Where(candidate => candidate.GetProperty("values").GetString() is "0 to 1, gray" or "-1 to 1, gray"),
            candidate => Assert.True(candidate.GetProperty("top1").GetDouble() < 0.5 && !candidate.GetProperty("isAlike").GetBoolean()));
        Assert.Equal("9", await LabelOfAsync(model, Path.Combine(Shared("fixtures/digits/samples"), "9_1.jpg")));
    }

    [Fact]
    public async Task Verify_ManifestThatIsWrong_SaysSoAndExitsWith1()
    {
        var model = Copy(Shared("fixtures/digits/saved_model"));
        var manifest = Path.Combine(model, "model.json");
        File.WriteAllText(manifest, """{ "input": { "color": "gray", "resize": "pil-bilinear", "mean": 0, "std": 255 } }""");
        var pictures = Sorted(Shared("fixtures/digits/samples"), file => Path.GetFileName(file)[..1]);

        var (exitCode, output, _) = await CommandProcess.RunAsync("model", "verify", model, "--images", pictures);

        Assert.Equal(1, exitCode);
        Assert.Contains("Best is another way than model.json", output, StringComparison.Ordinal);
        Assert.Equal(1, (await CommandProcess.RunAsync("model", "verify", model, "--images", pictures, "--write")).ExitCode);
        Assert.Equal(0, (await CommandProcess.RunAsync("model", "verify", model, "--images", pictures, "--write", "--force")).ExitCode);
        Assert.DoesNotContain("\"std\": 255", File.ReadAllText(manifest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_LabelsInAnotherOrder_FitsNothing()
    {
        var model = Copy(Shared("fixtures/digits/saved_model"));
        File.WriteAllText(Path.Combine(model, "labels.txt"), string.Join('\n', Enumerable.Range(1, 9).Append(0)));
        var pictures = Sorted(Shared("fixtures/digits/samples"), file => Path.GetFileName(file)[..1]);

        var (exitCode, output, _) = await CommandProcess.RunAsync("model", "verify", model, "--images", pictures);

        Assert.Equal(1, exitCode);
        Assert.Contains("None fits", output, StringComparison.Ordinal);
        Assert.Contains("order", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_RecordedOutputs_AreWithinTheirTolerance()
    {
        var (exitCode, output, error) = await CommandProcess.RunAsync("model", "verify", Shared("fixtures/models/base_keras3_export"), "--recorded", Shared("fixtures/models"), "--json");

        Assert.True(exitCode == 0, error);
        using var document = JsonDocument.Parse(output);
        var outcomes = document.RootElement.GetProperty("outcomes").EnumerateArray().ToList();
        Assert.Equal(2, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal("passed", outcome.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task Verify_RecordedOutputsOfAnotherModel_Fail()
    {
        var (exitCode, output, _) = await CommandProcess.RunAsync(
            "model", "verify", Shared("fixtures/models/base_keras3_export"), "--recorded", Shared("fixtures/models"), "--recorded-as", "resnet_v1_keras3");

        Assert.Equal(1, exitCode);
        Assert.Contains("recorded is Float32[1, 5]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_RecordedPhotos_AreFedAsTheManifestSays()
    {
        var (exitCode, output, error) = await CommandProcess.RunAsync("model", "verify", Shared("fixtures/imagenet/saved_model"), "--recorded", Shared("fixtures/imagenet"));

        Assert.True(exitCode == 0, error);
        Assert.Contains("12 outputs as recorded, 0 not, 12 skipped", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_Printed_IsTheSchema()
    {
        var (exitCode, output, _) = await CommandProcess.RunAsync("model", "schema");

        Assert.Equal(0, exitCode);
        using var document = JsonDocument.Parse(output);
        Assert.Equal("model.json", document.RootElement.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData(2, "--images FOLDER or --recorded FOLDER", "verify", "MODEL")]
    [InlineData(2, "There is no such folder: '/no/such'", "verify", "MODEL", "--images", "/no/such")]
    [InlineData(2, "no pictures in sub-folders named as a label", "verify", "MODEL", "--images", "MODEL")]
    [InlineData(1, "there is no index.json", "verify", "MODEL", "--recorded", "MODEL")]
    [InlineData(1, "unpack it", "init", "ZIP")]
    [InlineData(1, "unpack it", "inspect", "ZIP")]
    [InlineData(2, "There is no such folder", "init", "/no/such")]
    public async Task Misuse_AnyCommand_SaysWhatIsRight(int expected, string message, params string[] arguments)
    {
        var zip = Path.Combine(_folder, "model.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            archive.CreateEntry("saved_model.pb");
        }

        var (exitCode, _, error) = await CommandProcess.RunAsync(
            ["model", .. arguments.Select(argument => argument switch { "MODEL" => SampleModel, "ZIP" => zip, _ => argument })]);

        Assert.Equal(expected, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static async Task<string?> LabelOfAsync(string model, string picture)
    {
        var (exitCode, output, error) = await CommandProcess.RunAsync("classify", "--model", model, picture, "--json");
        Assert.True(exitCode == 0, error);
        using var document = JsonDocument.Parse(output);
        return document.RootElement[0].GetProperty("label").GetString();
    }

    private static string Shared(string relative)
    {
        if (!SharedFolder.TryFind(relative, out var path))
        {
            Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Fail(SharedFolder.Missing);
        }

        return path;
    }

    private string SampleWithoutManifest()
    {
        var model = Copy(SampleModel);
        File.Delete(Path.Combine(model, "model.json"));
        return model;
    }

    private string Copy(string model)
    {
        var target = Path.Combine(_folder, "model");
        foreach (var file in Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(model, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, File.ReadAllBytes(file));
        }

        return target;
    }

    /// <summary>Copies pictures into a folder for each label.</summary>
    private string Sorted(string pictures, Func<string, string> label)
    {
        var target = Path.Combine(_folder, "pictures");
        foreach (var file in Directory.EnumerateFiles(pictures))
        {
            var copy = Path.Combine(target, label(file), Path.GetFileName(file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }
}
