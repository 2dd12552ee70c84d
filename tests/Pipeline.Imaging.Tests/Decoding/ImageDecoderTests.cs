using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Decoding;

public sealed class ImageDecoderTests
{
    private static readonly byte[] TwoPixels = PngBytes.Write(2, 1, 6, [200, 100, 50, 255, 10, 20, 30, 51]);

    private readonly ImageDecoder _decoder = new(TimeProvider.System);

    [Fact]
    public void Decode_AlphaDropped_GivesColoursAsStored() =>
        Assert.Equal<byte>([200, 100, 50, 10, 20, 30], Decode(DecodeOptions.Default).Values.ToArray());

    /// <summary>51 is a fifth of 255: 10 / 5 + 204, and so on.</summary>
    [Fact]
    public void Decode_AlphaOverWhite_Composes() =>
        Assert.Equal<byte>([200, 100, 50, 206, 208, 210], Decode(new DecodeOptions { Alpha = AlphaTreatment.White }).Values.ToArray());

    [Fact]
    public void Decode_AlphaOverBlack_Composes() =>
        Assert.Equal<byte>([200, 100, 50, 2, 4, 6], Decode(new DecodeOptions { Alpha = AlphaTreatment.Black }).Values.ToArray());

    [Fact]
    public void Decode_Rgba_KeepsStraightAlpha() =>
        Assert.Equal<byte>([200, 100, 50, 255, 10, 20, 30, 51], Decode(new DecodeOptions { Color = PixelColor.Rgba }).Values.ToArray());

    [Fact]
    public void Decode_Gray_GivesPillowsLuma()
    {
        var image = Decode(new DecodeOptions { Color = PixelColor.Gray });

        Assert.Equal(1, image.Channels);
        Assert.Equal<byte>([(byte)(((200 * 19595) + (100 * 38470) + (50 * 7471) + 32768) >> 16), (byte)(((10 * 19595) + (20 * 38470) + (30 * 7471) + 32768) >> 16)], image.Values.ToArray());
    }

    [Fact]
    public void Decode_JpegForTensorFlow_IsRefusedByName()
    {
        var file = File.ReadAllBytes(Path.Combine(SharedData.Find("fixtures/images"), "files", "jpeg_q075.jpg"));

        var error = Assert.Throws<UnsupportedImageException>(
            () => _decoder.Decode(file, DecodeLimits.Default, new DecodeOptions { Reference = PixelReference.TensorFlow }, TestContext.Current.CancellationToken));

        Assert.Contains("fast inverse DCT", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_OrientationInPng_IsAppliedUnlessIgnored()
    {
        var file = PngBytes.Write(2, 1, 0, [1, 2], ("eXIf", ExifBytes.Orientation(6)));

        var turned = _decoder.Decode(file, DecodeLimits.Default, DecodeOptions.Default, TestContext.Current.CancellationToken);
        var stored = _decoder.Decode(file, DecodeLimits.Default, new DecodeOptions { ApplyOrientation = false }, TestContext.Current.CancellationToken);

        Assert.Equal((1, 2), (turned.Width, turned.Height));
        Assert.Equal((2, 1), (stored.Width, stored.Height));
    }

    [Fact]
    public void Identify_GoodFile_TellsWhatTheHeaderSays()
    {
        var file = PngBytes.Write(2, 1, 6, new byte[8], ("eXIf", ExifBytes.Orientation(3, isBigEndian: true)));

        Assert.Equal(new ImageHeader(ImageFormat.Png, 2, 1, 1, true, 3), _decoder.Identify(file, DecodeLimits.Default));
    }

    [Fact]
    public void Decode_CutFile_IsRefusedUnlessAccepted()
    {
        var file = File.ReadAllBytes(Path.Combine(SharedData.Find("fixtures/images"), "files", "jpeg_q075.jpg"));
        var cut = file.AsMemory(0, file.Length * 3 / 4);

        var error = Assert.Throws<InvalidImageException>(() => _decoder.Decode(cut, DecodeLimits.Default, DecodeOptions.Default, TestContext.Current.CancellationToken));
        var accepted = _decoder.Decode(cut, DecodeLimits.Default, new DecodeOptions { AcceptTruncated = true }, TestContext.Current.CancellationToken);

        Assert.Contains("early", error.Message, StringComparison.Ordinal);
        var whole = _decoder.Decode(file, DecodeLimits.Default, DecodeOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(whole.Row(0).ToArray(), accepted.Row(0).ToArray());
    }

    [Fact]
    public void Decode_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => _decoder.Decode(TwoPixels, DecodeLimits.Default, DecodeOptions.Default, new CancellationToken(canceled: true)));

    private PixelBuffer<byte> Decode(DecodeOptions options) => _decoder.Decode(TwoPixels, DecodeLimits.Default, options, TestContext.Current.CancellationToken);
}
