using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Imaging;

internal static class PixelConversion
{
    /// <summary>Widens bytes to floats of the same value.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <paramref name="source"/>.</exception>
    public static void ToSingle(ReadOnlySpan<byte> source, Span<float> destination)
    {
        if (destination.Length < source.Length)
        {
            throw new ArgumentException($"{source.Length} values do not fit into {destination.Length}.", nameof(destination));
        }

        var done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            // Sixteen bytes become four vectors of four floats in the order of the bytes; values to 255 convert exactly.
            ref var input = ref MemoryMarshal.GetReference(source);
            ref var output = ref MemoryMarshal.GetReference(destination);
            for (; done <= source.Length - Vector128<byte>.Count; done += Vector128<byte>.Count)
            {
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref input, (nuint)done));
                var (first, second) = Vector128.Widen(low.AsInt16());
                var (third, fourth) = Vector128.Widen(high.AsInt16());
                Vector128.ConvertToSingle(first).StoreUnsafe(ref output, (nuint)done);
                Vector128.ConvertToSingle(second).StoreUnsafe(ref output, (nuint)done + 4);
                Vector128.ConvertToSingle(third).StoreUnsafe(ref output, (nuint)done + 8);
                Vector128.ConvertToSingle(fourth).StoreUnsafe(ref output, (nuint)done + 12);
            }
        }

        for (; done < source.Length; done++)
        {
            destination[done] = source[done];
        }
    }
}
