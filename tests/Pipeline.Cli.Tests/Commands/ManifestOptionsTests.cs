using System.CommandLine;
using System.Text;
using Pipeline.Cli.Commands;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Tests.Commands;

public sealed class ManifestOptionsTests
{
    [Fact]
    public void Read_AnOptionForEveryKey_MakesAManifestThatSaysThemAll()
    {
        var given = Read(
            "--name flowers --version 3 --signature predict --tensor image --width 224 --height 200 --decode pillow --orientation ignore --color bgr --alpha white "
            + "--truncated accept --scale 2 --fit short-side --resize-to 256 --fraction 0.5 --pad 1,2,3 --resize tf1-bilinear --align-corners --mean 1,2.5,3 --std 58 "
            + "--layout nchw --output-tensor scores --activation softmax --top 3 --labels names.txt --threshold 0.4 --label-threshold weapon=0.8 --label-threshold a=b=0.5 "
            + "--ignore background --ignore 12");

        Assert.Equal(ManifestKeys.Paths.Where(path => path is not ("$.sha256" or "$.$schema")), ManifestKeys.Paths.Where(given.ContainsKey));
        var manifest = ManifestReader.Read(Encoding.UTF8.GetBytes(ManifestText.Compose(given)), "test");
        Assert.Equal(("flowers", "3", "predict", "image", 224, 200), (manifest.Name, manifest.Version, manifest.Signature, manifest.Input.Tensor, manifest.Input.Width, manifest.Input.Height));
        Assert.Equal((false, ChannelOrder.Bgr, true, 256, 0.5, true), (manifest.Input.ApplyOrientation, manifest.Input.Color, manifest.Input.AcceptTruncated, manifest.Input.ResizeTo, manifest.Input.Fraction, manifest.Input.AlignCorners));
        Assert.Equal([1f, 2.5f, 3f], manifest.Input.Mean!.Value);
        Assert.Equal([58f], manifest.Input.Std!.Value);
        Assert.Equal([(byte)1, 2, 3], manifest.Input.Pad);
        Assert.Equal((0.8, 0.5), (manifest.Output.Thresholds["weapon"], manifest.Output.Thresholds["a=b"]));
        Assert.Equal(["background", "12"], manifest.Output.Ignore);
    }

    [Fact]
    public void Read_NothingTyped_SaysNothing() => Assert.Empty(Read(string.Empty));

    [Theory]
    [InlineData("--mean 1,x", "$.input.mean")]
    [InlineData("--mean 1,2", "$.input.mean")]
    [InlineData("--width wide", "$.input.width")]
    [InlineData("--width 1e99999", "$.input.width")]
    [InlineData("--color pink", "$.input.color")]
    [InlineData("--label-threshold weapon", "$.output.thresholds.weapon")]
    [InlineData("--threshold 2", "$.output.threshold")]
    [InlineData("--labels ../labels.txt", "$.output.labels")]
    public void Read_ValueThatIsNotAllowed_IsRefusedByTheReaderWithItsPath(string words, string path)
    {
        var text = ManifestText.Compose(Read($"--resize tf-bilinear --std 1 {words}"));

        var error = Assert.Throws<InvalidManifestException>(() => ManifestReader.Read(Encoding.UTF8.GetBytes(text), "test"));

        Assert.Contains(path, error.Errors.Select(found => found.Path));
    }

    private static System.Collections.Immutable.ImmutableDictionary<string, string> Read(string words)
    {
        var options = new ManifestOptions();
        var command = new Command("test");
        options.AddTo(command);
        var result = command.Parse(words);
        Assert.Empty(result.Errors);
        return options.Read(result);
    }
}
