using System.Text;
using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Resizing;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Tests.Package.Manifest;

public sealed class ManifestReaderTests
{
    public static TheoryData<string> Accepted => ManifestSamples.Accepted;

    public static TheoryData<string, string[]> Refused => ManifestSamples.Refused;

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Read_AllowedManifest_IsRead(string json) => Assert.NotNull(Read(json));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_RefusedManifest_NamesEveryPlaceAtOnce(string json, string[] paths)
    {
        var error = Assert.Throws<InvalidManifestException>(() => Read(json));

        Assert.Equal(paths, error.Errors.Select(item => item.Path));
        Assert.All(error.Errors, item => Assert.Contains($"{item.Path}: found {item.Found}; allowed: {item.Allowed}", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_EveryKey_IsTaken()
    {
        var manifest = Read(ManifestSamples.Whole);

        Assert.Equal(("flowers", "3", "serving_default"), (manifest.Name, manifest.Version, manifest.Signature));
        Assert.Equal("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", manifest.Sha256);
        var input = manifest.Input;
        Assert.Equal(("input_1", 224, 192), (input.Tensor, input.Width, input.Height));
        Assert.Equal((PixelReference.TensorFlow, false, ChannelOrder.Bgr), (input.Decode, input.ApplyOrientation, input.Color));
        Assert.Equal((AlphaTreatment.White, true, 2), (input.Alpha, input.AcceptTruncated, input.Scale));
        Assert.Equal((FitMode.ShortSide, 256, 0.875), (input.Fit, input.ResizeTo, input.Fraction));
        Assert.Equal(("tf1-bicubic", true, TensorLayout.Nchw), (input.Resize, input.AlignCorners, input.Layout));
        Assert.Equal([1, 2, 3], input.Pad);
        Assert.Equal([103.939f, 116.779f, 123.68f], input.Mean!.Value);
        Assert.Equal([1f], input.Std!.Value);
        var output = manifest.Output;
        Assert.Equal(("dense_1", Activation.Softmax, 3, "assets/labels.txt", 0.3), (output.Tensor, output.Activation, output.Top, output.Labels, output.Threshold));
        Assert.Equal(0.8, Assert.Single(output.Thresholds, entry => entry.Key == "weapon").Value);
        Assert.Equal(["background"], output.Ignore);
    }

    [Fact]
    public void Read_SmallestManifest_HasTheDefaults()
    {
        var manifest = Read(ManifestSamples.Smallest);

        Assert.Equal((null, "1", "serving_default", null), (manifest.Name, manifest.Version, manifest.Signature, manifest.Sha256));
        var input = manifest.Input;
        Assert.Equal((null, null, null), (input.Tensor, input.Width, input.Height));
        Assert.Equal((PixelReference.Pillow, true, ChannelOrder.Rgb), (input.Decode, input.ApplyOrientation, input.Color));
        Assert.Equal((AlphaTreatment.Drop, false, 1), (input.Alpha, input.AcceptTruncated, input.Scale));
        Assert.Equal((FitMode.Stretch, null, null), (input.Fit, input.ResizeTo, input.Fraction));
        Assert.Equal((false, TensorLayout.Nhwc, null, null), (input.AlignCorners, input.Layout, input.Mean, input.Std));
        Assert.Equal([0], input.Pad);
        var output = manifest.Output;
        Assert.Equal((null, Activation.None, 5, "labels.txt", null), (output.Tensor, output.Activation, output.Top, output.Labels, output.Threshold));
        Assert.Empty(output.Thresholds);
        Assert.Empty(output.Ignore);
    }

    [Theory]
    [InlineData("""{ "input": { "resiez": "tf-bilinear" } }""", "$.input.resiez", "resize")]
    [InlineData("""{ "input": { "resize_to": 256, "resize": "tf-bilinear" } }""", "$.input.resize_to", "resizeTo")]
    [InlineData("""{ "input": { "resize": "tf-bilinear" }, "ouput": {} }""", "$.ouput", "output")]
    [InlineData("""{ "input": { "resize": "pil-bicubik" } }""", "$.input.resize", "pil-bicubic")]
    [InlineData("""{ "input": { "resize": "Tf_Bilinear" } }""", "$.input.resize", "tf-bilinear")]
    [InlineData("""{ "input": { "resize": "tf-area", "color": "grey" } }""", "$.input.color", "gray")]
    [InlineData("""{ "input": { "resize": "quite another thing" } }""", "$.input.resize", null)]
    public void Read_MisspeltName_SuggestsTheNearest(string json, string path, string? suggestion)
    {
        var error = Assert.Throws<InvalidManifestException>(() => Read(json)).Errors.First(item => item.Path == path);

        Assert.Equal(suggestion, error.Suggestion);
    }

    [Theory]
    [InlineData("""{ "name": "a", "name": "b", "input": { "resize": "tf-area" } }""", "$.name")]
    [InlineData("""{ "input": { "resize": "tf-area", "resize": "tf-area" } }""", "$.input.resize")]
    [InlineData("""{ "input": { "resize": "tf-area" }, "output": { "thresholds": { "a": 0.1, "\u0061": 0.1 } } }""", "$.output.thresholds.a")]
    public void Read_RepeatedKey_IsRefused(string json, string path)
    {
        var error = Assert.Single(Assert.Throws<InvalidManifestException>(() => Read(json)).Errors);

        Assert.Equal((path, "the same key again"), (error.Path, error.Found));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{ \"input\": { \"resize\": \"tf-area\", } }")]
    [InlineData("{ // no comments\n \"input\": { \"resize\": \"tf-area\" } }")]
    [InlineData("{ \"input\": { \"resize\": \"tf-area\" } } {}")]
    [InlineData("{ \"input\": [[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]] }")]
    [InlineData("{ \"input\": { \"resize\": \"tf-area\", \"mean\": NaN } }")]
    public void Read_NotJson_IsRefusedWithThePlace(string json)
    {
        var error = Assert.Throws<InvalidManifestException>(() => Read(json));

        Assert.Matches("at line [0-9]+, byte [0-9]+", error.Message);
    }

    [Theory]
    [InlineData("""{ "input": { "resize": "\ud800" } }""", "$.input.resize")]
    [InlineData("""{ "input": { "resize": "tf-area", "\ud800": 1 } }""", "$.input")]
    [InlineData("""{ "input": { "resize": "tf-area" }, "output": { "thresholds": { "\udc00": 1 } } }""", "$.output.thresholds")]
    public void Read_HalfOfASurrogatePair_IsRefused(string json, string path) =>
        Assert.Equal(path, Assert.Single(Assert.Throws<InvalidManifestException>(() => Read(json)).Errors).Path);

    [Fact]
    public void Read_NotUtf8_IsRefused() =>
        Assert.Throws<InvalidManifestException>(() => ManifestReader.Read(Encoding.Unicode.GetBytes(ManifestSamples.Smallest), "model.json"));

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() =>
        Assert.NotNull(ManifestReader.Read(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(ManifestSamples.Smallest)).ToArray(), "model.json"));

    [Fact]
    public void Read_OverlongFile_IsRefusedWithBothNumbers()
    {
        var json = new byte[ManifestLimits.MaxFileLength + 1];

        var error = Assert.Throws<InvalidManifestException>(() => ManifestReader.Read(json, "model.json"));

        Assert.Contains("1048577 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("at most 1048576", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HugeNumber_IsRefusedAndShortened()
    {
        var json = $$"""{ "input": { "resize": "tf-area", "width": 1{{new string('0', 5000)}} } }""";

        var error = Assert.Single(Assert.Throws<InvalidManifestException>(() => Read(json)).Errors);

        Assert.Equal("$.input.width", error.Path);
        Assert.True(error.Found.Length < 100);
    }

    [Fact]
    public void Read_ThousandsOfUnknownKeys_AreOneError()
    {
        var keys = string.Join(", ", Enumerable.Range(0, 50_000).Select(number => $"\"key{number}\": 1"));

        var error = Assert.Single(Assert.Throws<InvalidManifestException>(() => Read($$"""{ "input": { {{keys}} } }""")).Errors);

        Assert.Equal(("$.input", "an object of 50000 keys"), (error.Path, error.Found));
    }

    [Fact]
    public void Read_ThousandsOfErrors_AreCountedAndTheFirstShown()
    {
        var items = string.Join(", ", Enumerable.Repeat("1", 100_000));

        var error = Assert.Throws<InvalidManifestException>(() => Read($$"""{ "input": { "resize": "tf-area" }, "output": { "ignore": [{{items}}] } }"""));

        Assert.Equal(100_000, error.Errors.Length);
        Assert.EndsWith("and 99950 more.", error.Message, StringComparison.Ordinal);
    }

    private static ModelManifest Read(string json) => ManifestReader.Read(Encoding.UTF8.GetBytes(json), "model.json");
}
