using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Decoding;

public sealed class DecodeLimitsTests
{
    private readonly ImageDecoder _decoder = new(TimeProvider.System);

    [Theory]
    [InlineData(60_000, 60_000, ImageLimit.Side, 60_000, 16_384)]
    [InlineData(16_384, 16_384, ImageLimit.Pixels, 268_435_456, 40_000_000)]
    [InlineData(1, 16_385, ImageLimit.Side, 16_385, 16_384)]
    public void Decode_HeaderClaimsTooMuch_IsRefusedBeforeAnythingIsAllocated(int width, int height, ImageLimit limit, long actual, long allowed)
    {
        var file = PngBytes.Claim(width, height);
        Refuse(PngBytes.Claim(60_001, 60_001), DecodeLimits.Default);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Refuse(file, DecodeLimits.Default);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((limit, actual, allowed), (error.Limit, error.Actual, error.Allowed));
        Assert.True(allocated < 100_000, $"{allocated} bytes were allocated.");
    }

    [Fact]
    public void Decode_MoreMemoryThanAllowed_IsRefused()
    {
        var error = Refuse(PngBytes.Claim(1000, 1000), DecodeLimits.Default with { MaxMemory = 6_999_999 });

        Assert.Equal(ImageLimit.Memory, error.Limit);
        Assert.True(error.Actual >= 7_000_000, "Four channels and three of a million pixels.");
        Assert.Equal(6_999_999, error.Allowed);
    }

    /// <summary>No array holds that many bytes, whatever the limits allow.</summary>
    [Fact]
    public void Decode_LimitsBeyondAnyArray_IsRefused()
    {
        var error = Refuse(PngBytes.Claim(30_000, 30_000), new DecodeLimits { MaxPixels = long.MaxValue, MaxSide = int.MaxValue, MaxMemory = long.MaxValue });

        Assert.Equal(ImageLimit.Memory, error.Limit);
        Assert.Equal(Array.MaxLength, error.Allowed);
    }

    [Fact]
    public void Decode_MoreChunksThanAllowed_IsRefused()
    {
        var chunks = Enumerable.Repeat(("tEXt", new byte[4]), 20).ToArray();

        Assert.Equal(ImageLimit.Chunks, Refuse(PngBytes.Write(1, 1, 0, [1], chunks), DecodeLimits.Default with { MaxChunks = 10 }).Limit);
    }

    /// <summary>Each of the palettes is shorter than the depth can index, and only one is filled up.</summary>
    [Fact]
    public void Decode_ManyShortPalettes_IsRefused()
    {
        var palettes = Enumerable.Repeat(("PLTE", new byte[] { 1, 2, 3 }), 2_000);
        var file = PngBytes.Join([("IHDR", PngBytes.Header(1, 1, 8, 3)), .. palettes, ("IEND", [])]);

        Assert.Throws<InvalidImageException>(() => _decoder.Decode(file, DecodeLimits.Default, DecodeOptions.Default, TestContext.Current.CancellationToken));
    }

    /// <summary>A profile that inflates to a gigabyte, many times over: one is looked at, and not all of it.</summary>
    [Fact]
    public void Identify_ManyCompressedProfiles_InflatesOneAndNotWhole()
    {
        var profile = PngBytes.Compressed("Raw profile type exif", new byte[50_000_000]);
        var file = PngBytes.Write(1, 1, 0, [1], [.. Enumerable.Repeat(("zTXt", profile), 50)]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var header = _decoder.Identify(file, DecodeLimits.Default);

        Assert.Equal(1, header.Orientation);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 2_000_000, $"{allocated} bytes were allocated.");
    }

    [Fact]
    public void Decode_MoreScansThanAllowed_IsRefused()
    {
        var file = File.ReadAllBytes(Path.Combine(SharedData.Find("fixtures/images"), "files", "jpeg_scans_one_by_one.jpg"));

        var error = Refuse(file, DecodeLimits.Default with { MaxScans = 5 });

        Assert.Equal((ImageLimit.Scans, 6L, 5L), (error.Limit, error.Actual, error.Allowed));
    }

    [Fact]
    public void Identify_TimeUsedUp_IsRefused()
    {
        var decoder = new ImageDecoder(new SteppingTimeProvider(TimeSpan.FromSeconds(6)));

        var error = Assert.Throws<ImageLimitException>(() => decoder.Identify(PngBytes.Write(1, 1, 0, [1]), DecodeLimits.Default));

        Assert.Equal(ImageLimit.Time, error.Limit);
        Assert.Equal(10_000, error.Allowed);
    }

    /// <summary>The clock runs out while the decoder reads: the picture is over the limit, not damaged.</summary>
    [Theory]
    [InlineData("jpeg_large_progressive.jpg")]
    [InlineData("png_large.png")]
    public void Decode_TimeUsedUpInsideTheDecoder_IsRefused(string name)
    {
        var file = File.ReadAllBytes(Path.Combine(SharedData.Find("fixtures/images"), "files", name));
        var decoder = new ImageDecoder(new SteppingTimeProvider(TimeSpan.FromMilliseconds(1)));

        var error = Assert.Throws<ImageLimitException>(
            () => decoder.Decode(file, DecodeLimits.Default with { MaxTime = TimeSpan.FromMilliseconds(8) }, DecodeOptions.Default, TestContext.Current.CancellationToken));

        Assert.Equal(ImageLimit.Time, error.Limit);
    }

    [Theory]
    [InlineData("lovell+sharp/65536-uint32-limit.png")]
    [InlineData("python-pillow+Pillow/decompression_bomb.gif")]
    [InlineData("python-pillow+Pillow/bmp/b/reallybig.bmp")]
    [InlineData("python-pillow+Pillow/l2rgb_read.bmp")]
    public void Decode_KnownBomb_IsRefusedBeforeAnythingIsAllocated(string path)
    {
        var file = File.ReadAllBytes(SharedData.Find($"corpus/{path}"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.ThrowsAny<ImageException>(() => _decoder.Decode(file, DecodeLimits.Default, DecodeOptions.Default, TestContext.Current.CancellationToken));

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < file.Length + 1_000_000, $"{allocated} bytes were allocated.");
    }

    private ImageLimitException Refuse(byte[] file, DecodeLimits limits) =>
        Assert.Throws<ImageLimitException>(() => _decoder.Decode(file, limits, DecodeOptions.Default, TestContext.Current.CancellationToken));
}
