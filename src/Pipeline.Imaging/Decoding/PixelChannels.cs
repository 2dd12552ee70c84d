using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Imaging.Decoding;

/// <summary>Conversions between the channels of decoded pixels, on spans of whole pixels.</summary>
internal static class PixelChannels
{
    /// <summary>Sets every fourth byte.</summary>
    public static void FillAlpha(Span<byte> rgba, byte alpha)
    {
        for (var index = 3; index < rgba.Length; index += 4)
        {
            rgba[index] = alpha;
        }
    }

    /// <summary>Red, green and blue of four channels.</summary>
    public static void DropAlpha(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        Debug.Assert(rgba.Length / 4 == rgb.Length / 3, "Both spans hold as many pixels.");
        var pixel = 0;
        var pixels = rgba.Length / 4;
        if (Vector128.IsHardwareAccelerated)
        {
            // Four pixels of sixteen bytes become twelve bytes and four zeros, which the next store overwrites: the last pixels are done one by one.
            var order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0xFF, 0xFF, 0xFF, 0xFF);
            ref var source = ref MemoryMarshal.GetReference(rgba);
            ref var target = ref MemoryMarshal.GetReference(rgb);
            for (; pixel <= pixels - 6; pixel += 4)
            {
                Vector128.Shuffle(Vector128.LoadUnsafe(ref source, (nuint)pixel * 4), order).StoreUnsafe(ref target, (nuint)pixel * 3);
            }
        }

        for (; pixel < pixels; pixel++)
        {
            rgba.Slice(pixel * 4, 3).CopyTo(rgb[(pixel * 3)..]);
        }
    }

    /// <summary>Each of three channels composed over a background of one value: (c · a + background · (255 - a)) / 255, rounded half up.</summary>
    public static void Compose(ReadOnlySpan<byte> rgba, Span<byte> rgb, byte background)
    {
        for (int source = 0, target = 0; source < rgba.Length; source += 4, target += 3)
        {
            int alpha = rgba[source + 3];
            var rest = (background * (255 - alpha)) + 127;
            rgb[target] = (byte)(((rgba[source] * alpha) + rest) / 255);
            rgb[target + 1] = (byte)(((rgba[source + 1] * alpha) + rest) / 255);
            rgb[target + 2] = (byte)(((rgba[source + 2] * alpha) + rest) / 255);
        }
    }

    /// <summary>Adds an alpha of 255.</summary>
    public static void AddAlpha(ReadOnlySpan<byte> rgb, Span<byte> rgba)
    {
        for (int source = 0, target = 0; source < rgb.Length; source += 3, target += 4)
        {
            rgb.Slice(source, 3).CopyTo(rgba[target..]);
            rgba[target + 3] = byte.MaxValue;
        }
    }

    /// <summary>Pillow's convert('L'): (19595 R + 38470 G + 7471 B + 32768) / 65536 rounded down.</summary>
    public static void ToGray(ReadOnlySpan<byte> rgb, Span<byte> gray)
    {
        for (int source = 0, target = 0; target < gray.Length; source += 3, target++)
        {
            gray[target] = (byte)(((rgb[source] * 19595) + (rgb[source + 1] * 38470) + (rgb[source + 2] * 7471) + 0x8000) >> 16);
        }
    }

    /// <summary>libpng's grey as TensorFlow asks for it: weights of 0.299, 0.587 and the rest in 15 bits, rounded down; a pixel of equal channels stays.</summary>
    public static void ToGrayByLibpng(ReadOnlySpan<byte> rgb, Span<byte> gray)
    {
        const int Red = 29_900 * 32_768 / 100_000;
        const int Green = (int)(58_700L * 32_768 / 100_000);
        const int Blue = 32_768 - Red - Green;
        for (int source = 0, target = 0; target < gray.Length; source += 3, target++)
        {
            var (red, green, blue) = (rgb[source], rgb[source + 1], rgb[source + 2]);
            gray[target] = red == green && green == blue ? red : (byte)(((red * Red) + (green * Green) + (blue * Blue)) >> 15);
        }
    }
}
