using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Imaging;

internal static class PixelConversion
{
    /// <typeparam name="T"><see cref="byte"/> or <see cref="float"/>.</typeparam>
    public static float ToSingle<T>(T value)
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? Unsafe.BitCast<T, byte>(value) : Unsafe.BitCast<T, float>(value);

    /// <summary>Adds weight · value to each sum.</summary>
    /// <typeparam name="T"><see cref="byte"/> or <see cref="float"/>.</typeparam>
    public static void AddScaled<T>(ReadOnlySpan<T> values, float weight, Span<float> sums)
        where T : unmanaged
    {
        Debug.Assert(values.Length == sums.Length, "Every value has its sum.");
        var done = 0;
        if (typeof(T) == typeof(byte) && Vector128.IsHardwareAccelerated)
        {
            // Sixteen bytes become four vectors of four floats in the order of the bytes; values to 255 convert exactly.
            ref var input = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(values));
            ref var output = ref MemoryMarshal.GetReference(sums);
            for (; done <= values.Length - Vector128<byte>.Count; done += Vector128<byte>.Count)
            {
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref input, (nuint)done));
                AddScaled(Vector128.WidenLower(low.AsInt16()), weight, ref output, done);
                AddScaled(Vector128.WidenUpper(low.AsInt16()), weight, ref output, done + 4);
                AddScaled(Vector128.WidenLower(high.AsInt16()), weight, ref output, done + 8);
                AddScaled(Vector128.WidenUpper(high.AsInt16()), weight, ref output, done + 12);
            }
        }

        for (; done < values.Length; done++)
        {
            sums[done] += ToSingle(values[done]) * weight;
        }
    }

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

    private static void AddScaled(Vector128<int> values, float weight, ref float sums, int offset)
    {
        var sum = Vector128.LoadUnsafe(ref sums, (nuint)offset) + (Vector128.ConvertToSingle(values) * weight);
        sum.StoreUnsafe(ref sums, (nuint)offset);
    }
}
