using SkiaSharp;

namespace Pipeline.Imaging.Decoding;

/// <summary>
/// The one place that calls native code. It is reached only by files whose signature, size and limits were checked. No colour space is asked
/// for, so no profile is applied; alpha is straight.
/// </summary>
internal sealed class SkiaCodec : IDisposable
{
    /// <summary>Rows that are decoded at once where rows are decoded in order.</summary>
    public const int StripeRows = 64;

    private readonly ImageFormat _format;
    private readonly SKCodec _codec;
    private readonly DecodeClock _clock;

    private SkiaCodec(ImageFormat format, SKCodec codec, DecodeClock clock)
    {
        _format = format;
        _codec = codec;
        _clock = clock;
    }

    /// <exception cref="InvalidImageException">The decoder does not take the file, or takes it for another format.</exception>
    public static SkiaCodec Open(ImageFormat format, ReadOnlyMemory<byte> file, DecodeClock clock)
    {
        clock.ThrowIfOver();

        // The codec owns the stream.
        var codec = SKCodec.Create(new InterruptibleStream(file, clock), out var result);
        if (codec is null)
        {
            clock.ThrowIfOver();
            throw new InvalidImageException(format, $"the decoder does not take it ({result})");
        }

        if (codec.EncodedFormat != Encoded(format))
        {
            var taken = codec.EncodedFormat;
            codec.Dispose();
            throw new InvalidImageException(format, $"the decoder takes it for {taken}");
        }

        return new SkiaCodec(format, codec, clock);
    }

    public void Dispose() => _codec.Dispose();

    /// <summary>The first frame in red, green, blue and straight alpha. What an accepted early end leaves open is 0.</summary>
    public unsafe PixelBuffer<byte> DecodeWhole(int width, int height, bool acceptTruncated)
    {
        var info = Info(width, height, SKColorType.Rgba8888);
        var image = new PixelBuffer<byte>(width, height, 4);
        fixed (byte* pixels = image.Values)
        {
            Check(_codec.GetPixels(info, (IntPtr)pixels, info.RowBytes, SKCodecOptions.Default), acceptTruncated);
        }

        return image;
    }

    /// <summary>The first frame as four half-precision numbers a pixel, 0 to 1: the precision of 16-bit samples below 2,048 is kept.</summary>
    public unsafe Half[] DecodeHalves(int width, int height, bool acceptTruncated)
    {
        var info = Info(width, height, SKColorType.RgbaF16);
        var values = new Half[checked(width * height * 4)];
        fixed (Half* pixels = values)
        {
            Check(_codec.GetPixels(info, (IntPtr)pixels, info.RowBytes, SKCodecOptions.Default), acceptTruncated);
        }

        return values;
    }

    /// <summary>An opaque picture in red, green and blue, stripe by stripe; the decoder must give its rows from top to bottom.</summary>
    public unsafe PixelBuffer<byte> DecodeRows(int width, int height)
    {
        var info = Info(width, height, SKColorType.Rgba8888);
        Check(_codec.StartScanlineDecode(info, SKCodecOptions.Default), acceptTruncated: false);
        var image = PixelBuffer<byte>.Uninitialized(width, height, 3);
        var stripe = new byte[info.RowBytes * Math.Min(StripeRows, height)];
        for (var y = 0; y < height; y += StripeRows)
        {
            var rows = Math.Min(StripeRows, height - y);
            int decoded;
            fixed (byte* pixels = stripe)
            {
                decoded = _codec.GetScanlines((IntPtr)pixels, rows, info.RowBytes);
            }

            _clock.ThrowIfOver();
            if (decoded != rows)
            {
                throw new InvalidImageException(_format, $"its data end or are broken in row {y + decoded} of {height}");
            }

            PixelChannels.DropAlpha(stripe.AsSpan(0, rows * info.RowBytes), image.Values.Slice(y * image.RowLength, rows * image.RowLength));
        }

        return image;
    }

    private static SKEncodedImageFormat Encoded(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => SKEncodedImageFormat.Jpeg,
        ImageFormat.Png => SKEncodedImageFormat.Png,
        ImageFormat.WebP => SKEncodedImageFormat.Webp,
        ImageFormat.Gif => SKEncodedImageFormat.Gif,
        _ => SKEncodedImageFormat.Bmp,
    };

    private SKImageInfo Info(int width, int height, SKColorType colorType)
    {
        var stored = _codec.Info;
        if (stored.Width != width || stored.Height != height)
        {
            throw new InvalidImageException(_format, $"its header says {width} x {height} pixels, the decoder sees {stored.Width} x {stored.Height}");
        }

        var alpha = stored.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
        return new SKImageInfo(width, height, colorType, alpha, colorspace: null);
    }

    private void Check(SKCodecResult result, bool acceptTruncated)
    {
        _clock.ThrowIfOver();
        switch (result)
        {
            case SKCodecResult.Success:
            case SKCodecResult.IncompleteInput when acceptTruncated:
                break;
            case SKCodecResult.IncompleteInput:
                throw new InvalidImageException(_format, "its data end early");
            case SKCodecResult.Unimplemented or SKCodecResult.InvalidConversion:
                throw new UnsupportedImageException(_format.ToString().ToLowerInvariant(), $"the decoder does not read this variant ({result})");
            default:
                throw new InvalidImageException(_format, $"its data are broken ({result})");
        }
    }
}
