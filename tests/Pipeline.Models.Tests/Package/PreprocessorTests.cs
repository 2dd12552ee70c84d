using Pipeline.Imaging;
using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Resizing;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Tests.Package;

public sealed class PreprocessorTests
{
    /// <summary>Two pixels wide, one high: (1, 2, 3) and (101, 102, 103).</summary>
    private static readonly PixelBuffer<byte> Picture = new(2, 1, 3, [1, 2, 3, 101, 102, 103]);

    private static readonly InputManifest Raw = new() { Resize = "pil-nearest", Mean = [0], Std = [1] };

    [Fact]
    public void Prepare_Nhwc_KeepsThePixelsTogether()
    {
        var tensor = Prepare(Raw, Float32(1, 1, 2, 3));

        Assert.Equal(Shape.Of(1, 1, 2, 3), tensor.Shape);
        Assert.Equal([1, 2, 3, 101, 102, 103], tensor.Elements<float>().ToArray());
    }

    [Fact]
    public void Prepare_Nchw_KeepsTheChannelsTogether()
    {
        var tensor = Prepare(Raw with { Layout = TensorLayout.Nchw }, Float32(-1, 3, 1, 2));

        Assert.Equal(Shape.Of(1, 3, 1, 2), tensor.Shape);
        Assert.Equal([1, 101, 2, 102, 3, 103], tensor.Elements<float>().ToArray());
    }

    [Fact]
    public void Prepare_Bgr_SwapsPixelsAndTakesItsOwnMeans()
    {
        var manifest = Raw with { Color = ChannelOrder.Bgr, Mean = [3, 1, 0], Std = [1, 2, 4] };

        Assert.Equal([0, 0.5f, 0.25f, 100, 50.5f, 25.25f], Prepare(manifest, Float32(1, 1, 2, 3)).Elements<float>().ToArray());
    }

    [Fact]
    public void Prepare_MeanAndStd_SubtractThenDivideInFloat32()
    {
        var manifest = Raw with { Mean = [123.675f, 116.28f, 103.53f], Std = [58.395f, 57.12f, 57.375f] };

        var expected = Picture.Values.ToArray().Select((value, index) => (value - manifest.Mean!.Value[index % 3]) / manifest.Std!.Value[index % 3]);

        Assert.Equal(expected, Prepare(manifest, Float32(1, 1, 2, 3)).Elements<float>().ToArray());
    }

    [Fact]
    public void Prepare_ResizeWithoutRounding_NormalisesFloats()
    {
        var manifest = new InputManifest { Resize = "tf-bilinear", Mean = [1], Std = [2] };

        var values = Prepare(manifest, Float32(1, 1, 1, 3)).Elements<float>().ToArray();

        Assert.Equal([25, 25.5f, 26], values);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Prepare_Gray_HasOneChannel(int rank)
    {
        var manifest = Raw with { Color = ChannelOrder.Gray };
        var input = rank == 3 ? Float32(-1, 1, 2) : Float32(-1, -1);
        var processor = Preprocessor.Create(rank == 3 ? manifest : manifest with { Width = 2, Height = 1 }, input, "model.json");

        var tensor = processor.Prepare(new PixelBuffer<byte>(2, 1, 1, [7, 9]));

        Assert.Equal(rank == 3 ? Shape.Of(1, 1, 2) : Shape.Of(1, 2), tensor.Shape);
        Assert.Equal([7, 9], tensor.Elements<float>().ToArray());
        Assert.Equal(PixelColor.Gray, processor.DecodeOptions.Color);
    }

    [Fact]
    public void Prepare_UInt8_FeedsThePixelsAsTheyAre() =>
        Assert.Equal([1, 2, 3, 101, 102, 103], Prepare(new InputManifest { Resize = "pil-nearest" }, new TensorSpec("x", DataType.UInt8, PartialShape.Of(1, 1, 2, 3))).Elements<byte>().ToArray());

    [Fact]
    public void Prepare_UInt8FromFloats_RoundsHalfAwayFromZero()
    {
        var picture = new PixelBuffer<byte>(2, 1, 3, [1, 2, 250, 2, 2, 255]);
        var processor = Preprocessor.Create(new InputManifest { Resize = "tf-bilinear" }, new TensorSpec("x", DataType.UInt8, PartialShape.Of(1, 1, 1, 3)), "model.json");

        Assert.Equal([2, 2, 253], processor.Prepare(picture).Elements<byte>().ToArray());
    }

    [Fact]
    public void Prepare_Int8_ShiftsByTheMean()
    {
        var manifest = new InputManifest { Resize = "pil-nearest", Mean = [128], Std = [1] };

        Assert.Equal([-127, -126, -125, -27, -26, -25], Prepare(manifest, new TensorSpec("x", DataType.Int8, PartialShape.Of(1, 1, 2, 3))).Elements<sbyte>().ToArray());
    }

    [Fact]
    public void Prepare_Contain_PadsInTheOrderOfTheColors()
    {
        var manifest = Raw with { Color = ChannelOrder.Bgr, Fit = FitMode.Contain, Pad = [30, 20, 10] };

        Assert.Equal([3, 2, 1, 103, 102, 101, 30, 20, 10, 30, 20, 10], Prepare(manifest, Float32(1, 2, 2, 3)).Elements<float>().ToArray());
    }

    [Fact]
    public void Create_Manifest_SaysHowToDecode()
    {
        var manifest = Raw with { ApplyOrientation = false, Alpha = AlphaTreatment.Black, AcceptTruncated = true };

        Assert.Equal(
            new DecodeOptions { ApplyOrientation = false, Alpha = AlphaTreatment.Black, AcceptTruncated = true },
            Preprocessor.Create(manifest, Float32(1, 1, 2, 3), "model.json").DecodeOptions);
    }

    [Fact]
    public void Create_UnknownRank_TakesSizeAndLayoutFromTheManifest()
    {
        var input = new TensorSpec("x", DataType.Float32, PartialShape.Unknown);

        Assert.Equal(Shape.Of(1, 3, 1, 2), Prepare(Raw with { Width = 2, Height = 1, Layout = TensorLayout.Nchw }, input).Shape);
        Assert.Equal(["$.input.width", "$.input.height"], Invalid(Raw, input).Errors.Select(error => error.Path));
    }

    [Fact]
    public void Create_ManifestOfAnotherModel_NamesEverythingAtOnceWithBothNumbers()
    {
        var error = Invalid(Raw with { Width = 299, Height = 200, Mean = null, Std = null }, Float32(-1, 224, 224, 3));

        Assert.Equal(["$.input.width", "$.input.height", "$.input.mean"], error.Errors.Select(item => item.Path));
        Assert.Contains("found 299; allowed: 224, for the input \"x\", which is Float32[?, 224, 224, 3]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChannelOrder.Rgb, 1)]
    [InlineData(ChannelOrder.Gray, 3)]
    [InlineData(ChannelOrder.Bgr, 4)]
    public void Create_OtherChannels_NamesBoth(ChannelOrder color, int channels)
    {
        var error = Assert.Single(Invalid(Raw with { Color = color }, Float32(-1, 8, 8, channels)).Errors);

        Assert.Equal("$.input.color", error.Path);
        Assert.Contains($"{channels} channels", error.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OtherLayout_SaysWhich()
    {
        var error = Assert.Single(Invalid(Raw, Float32(-1, 3, 8, 8)).Errors);

        Assert.Equal("$.input.layout", error.Path);
        Assert.StartsWith("\"nchw\"", error.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_FlatInputOfAnotherLength_NamesBothNumbers()
    {
        var error = Assert.Single(Invalid(Raw with { Color = ChannelOrder.Gray, Width = 28, Height = 28 }, Float32(-1, 100)).Errors);

        Assert.Contains("784 values", error.Found, StringComparison.Ordinal);
        Assert.Contains("100 values", error.Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DataType.Float32)]
    [InlineData(DataType.Int8)]
    public void Create_NoMeanForATypeThatNeedsOne_IsRefused(DataType dataType) =>
        Assert.Equal("$.input.mean", Assert.Single(Invalid(new InputManifest { Resize = "pil-box" }, new TensorSpec("x", dataType, PartialShape.Of(1, 8, 8, 3))).Errors).Path);

    [Theory]
    [InlineData(DataType.UInt8, 127.5f, 127.5f)]
    [InlineData(DataType.Int8, 0f, 1f)]
    [InlineData(DataType.Int8, 128f, 0.5f)]
    public void Create_NormalisationOutOfTheType_IsRefused(DataType dataType, float mean, float std)
    {
        var manifest = new InputManifest { Resize = "pil-box", Mean = [mean], Std = [std] };

        Assert.Equal("$.input.mean", Assert.Single(Invalid(manifest, new TensorSpec("x", dataType, PartialShape.Of(1, 8, 8, 3))).Errors).Path);
    }

    [Fact]
    public void Create_ShortSideBelowTheSize_IsRefused() =>
        Assert.Equal("$.input.resizeTo", Assert.Single(Invalid(Raw with { Fit = FitMode.ShortSide, ResizeTo = 223 }, Float32(-1, 224, 192, 3)).Errors).Path);

    [Fact]
    public void Create_WhatIsNotBuilt_IsNamedAtOnceWithWhatWorks()
    {
        var manifest = Raw with { Resize = "cv-linear", Decode = PixelReference.TensorFlow, Scale = 4 };

        var error = Assert.Throws<UnsupportedManifestException>(() => Preprocessor.Create(manifest, Float32(1, 8, 8, 3), "model.json"));

        Assert.Equal(["$.input.resize", "$.input.decode", "$.input.scale"], error.Errors.Select(item => item.Path));
        Assert.Contains("\"cv-linear\"", error.Errors[0].Found, StringComparison.Ordinal);
        Assert.Contains("\"pil-bicubic\"", error.Errors[0].Allowed, StringComparison.Ordinal);
        Assert.Contains("\"pillow\"", error.Errors[1].Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 8, 8, 3)]
    [InlineData(1, 5000, 8, 3)]
    [InlineData(8)]
    [InlineData(1, 8, 3)]
    [InlineData(1, 1, 8, 8, 3)]
    public void Create_ShapeThatIsNotBuilt_IsNamed(params int[] shape)
    {
        var error = Assert.Throws<UnsupportedManifestException>(() => Preprocessor.Create(Raw, Float32(shape), "model.json"));

        Assert.Equal("$.input.tensor", Assert.Single(error.Errors).Path);
    }

    [Theory]
    [InlineData(DataType.String)]
    [InlineData(DataType.Float16)]
    [InlineData(DataType.Int32)]
    public void Create_TypeThatIsNotBuilt_IsNamed(DataType dataType) =>
        Assert.Contains(
            dataType.ToString(),
            Assert.Throws<UnsupportedManifestException>(() => Preprocessor.Create(Raw, new TensorSpec("x", dataType, PartialShape.Of(1, 8, 8, 3)), "model.json")).Message,
            StringComparison.Ordinal);

    private static Tensor Prepare(InputManifest manifest, TensorSpec input) => Preprocessor.Create(manifest, input, "model.json").Prepare(Picture);

    private static InvalidManifestException Invalid(InputManifest manifest, TensorSpec input) =>
        Assert.Throws<InvalidManifestException>(() => Preprocessor.Create(manifest, input, "model.json"));

    private static TensorSpec Float32(params int[] shape) => new("x", DataType.Float32, PartialShape.Of(shape));
}
