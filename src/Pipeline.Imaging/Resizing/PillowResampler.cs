using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Imaging.Resizing;

/// <summary>
/// Pillow's resampling of 8-bit pictures: one direction, then the other, each rounded to bytes; a direction that keeps its size is left out.
/// Red, green and blue of four channels are premultiplied by alpha before and divided after.
/// </summary>
internal static class PillowResampler
{
    private const int Half = 1 << (PillowTaps.FractionBits - 1);

    public static PixelBuffer<byte> Resize(PixelRegion<byte> source, ResizeBox box, ResizeTarget target, PillowFilter filter)
    {
        if (source.Channels == 4)
        {
            var premultiplied = PixelRegion<byte>.Whole(AlphaPremultiplication.Apply(source));
            var resized = Resample(premultiplied, box, target, filter);
            AlphaPremultiplication.Undo(resized.Values);
            return resized;
        }

        return Resample(source, box, target, filter);
    }

    private static PixelBuffer<byte> Resample(PixelRegion<byte> source, ResizeBox box, ResizeTarget target, PillowFilter filter)
    {
        var (left, top, right, bottom) = ((float)box.Left, (float)box.Top, (float)box.Right, (float)box.Bottom);
        var window = target.Window;
        var columns = left == 0 && right == source.Width && target.Width == source.Width
            ? null
            : PillowTaps.Create(source.Width, left, right, target.Width, window.Left, window.Width, filter);
        if (top == 0 && bottom == source.Height && target.Height == source.Height)
        {
            return ResampleRows(source, window.Top, window.Top + window.Height, window, columns);
        }

        var rows = PillowTaps.Create(source.Height, top, bottom, target.Height, window.Top, window.Height, filter);
        return IsHeightFirst(source, target)
            ? ResampleRows(PixelRegion<byte>.Whole(ResampleColumns(source, 0, rows)), 0, rows.Count, window, columns)
            : ResampleColumns(PixelRegion<byte>.Whole(ResampleRows(source, rows.First, rows.End, window, columns)), rows.First, rows);
    }

    /// <summary>Pillow begins with the height where it loses more than twice as many pixels as the width; the bytes between the passes differ.</summary>
    private static bool IsHeightFirst(PixelRegion<byte> source, ResizeTarget target) =>
        target.Height < source.Height && source.Height - target.Height > 2L * (source.Width - target.Width);

    /// <param name="columns">Null where rows keep their length.</param>
    private static PixelBuffer<byte> ResampleRows(PixelRegion<byte> source, int first, int end, PixelRectangle window, PillowTaps? columns)
    {
        var result = new PixelBuffer<byte>(window.Width, end - first, source.Channels);
        for (var y = first; y < end; y++)
        {
            if (columns is null)
            {
                source.Row(y).Slice(window.Left * source.Channels, result.RowLength).CopyTo(result.Row(y - first));
            }
            else
            {
                ResampleRow(source.Row(y), result.Row(y - first), columns, source.Channels);
            }
        }

        return result;
    }

    /// <param name="first">Which row of the picture the source's first one is.</param>
    private static PixelBuffer<byte> ResampleColumns(PixelRegion<byte> source, int first, PillowTaps rows)
    {
        var result = new PixelBuffer<byte>(source.Width, rows.Count, source.Channels);
        for (var y = 0; y < result.Height; y++)
        {
            var weights = rows.Weights(y);
            SumRows(source.Rows(rows.Start(y) - first, weights.Length), source.Stride, result.Row(y), weights);
        }

        return result;
    }

    private static void ResampleRow(ReadOnlySpan<byte> source, Span<byte> target, PillowTaps columns, int channels)
    {
        for (int x = 0, index = 0; index < target.Length; x++, index += channels)
        {
            var start = columns.Start(x);
            var weights = columns.Weights(x);
            var pixels = source.Slice(start * channels, weights.Length * channels);
            if (channels == 1)
            {
                target[index] = SumGray(pixels, weights);
            }
            else
            {
                SumColor(pixels, weights, target.Slice(index, channels));
            }
        }
    }

    private static byte SumGray(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> weights)
    {
        var sum = Half;
        for (var tap = 0; tap < weights.Length; tap++)
        {
            sum += pixels[tap] * weights[tap];
        }

        return ToByte(sum);
    }

    /// <summary>Three or four channels; the four bytes from a pixel on become four 32-bit lanes, of which those of the pixel count.</summary>
    private static void SumColor(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> weights, Span<byte> target)
    {
        var channels = target.Length;
        var sums = Vector128.Create(Half);
        ref var source = ref MemoryMarshal.GetReference(pixels);
        var tap = 0;

        // The last pixel of three channels has no fourth byte behind it that may be read.
        for (; tap < weights.Length - 1; tap++)
        {
            var four = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, tap * channels));
            sums += Widen(four) * weights[tap];
        }

        var last = pixels[(tap * channels)..];
        sums += Vector128.Create(last[0], last[1], last[2], channels == 4 ? last[3] : 0) * weights[tap];
        var bytes = Vector128.Narrow(Vector128.Narrow(ToBytes(sums), Vector128<int>.Zero), Vector128<short>.Zero).AsUInt32().ToScalar();
        for (var channel = 0; channel < channels; channel++, bytes >>= 8)
        {
            target[channel] = (byte)bytes;
        }
    }

    private static Vector128<int> Widen(uint bytes) =>
        Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(bytes).AsByte())).AsInt32();

    /// <summary>Weighs and adds rows that lie a stride apart. Sixteen columns at a time become four vectors of 32-bit sums.</summary>
    private static void SumRows(ReadOnlySpan<byte> rows, int stride, Span<byte> target, ReadOnlySpan<int> weights)
    {
        var length = target.Length;
        ref var source = ref MemoryMarshal.GetReference(rows);
        var x = 0;
        for (; x <= length - Vector128<byte>.Count; x += Vector128<byte>.Count)
        {
            var first = Vector128.Create(Half);
            var (second, third, fourth) = (first, first, first);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)((tap * stride) + x)));
                var weight = weights[tap];
                first += Vector128.WidenLower(low.AsInt16()) * weight;
                second += Vector128.WidenUpper(low.AsInt16()) * weight;
                third += Vector128.WidenLower(high.AsInt16()) * weight;
                fourth += Vector128.WidenUpper(high.AsInt16()) * weight;
            }

            var lower = Vector128.Narrow(ToBytes(first), ToBytes(second));
            var upper = Vector128.Narrow(ToBytes(third), ToBytes(fourth));
            Vector128.Narrow(lower, upper).AsByte().CopyTo(target[x..]);
        }

        for (; x < length; x++)
        {
            var sum = Half;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                sum += rows[(tap * stride) + x] * weights[tap];
            }

            target[x] = ToByte(sum);
        }
    }

    private static byte ToByte(int sum) => (byte)Math.Clamp(sum >> PillowTaps.FractionBits, byte.MinValue, byte.MaxValue);

    private static Vector128<int> ToBytes(Vector128<int> sums) =>
        Vector128.Min(Vector128.Max(sums >> PillowTaps.FractionBits, Vector128<int>.Zero), Vector128.Create((int)byte.MaxValue));
}
