using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Inference.Measuring;

/// <summary>
/// Fused multiply-adds that wait for nothing but their own predecessors and touch no memory: as many independent chains as hide the latency of the
/// instruction and fit into sixteen registers. Values converge to 1, so that none becomes large or denormal.
/// </summary>
internal static class FmaChains
{
    /// <summary>Chains that go side by side.</summary>
    public const int Count = 12;

    private const float Factor = 0.5f;
    private const float Addend = 0.5f;

    /// <summary>The widest vectors that this process computes with, in bits.</summary>
    public static int LiveBits { get; } = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Runs chains of <paramref name="length"/> steps each in vectors of <paramref name="bits"/>.</summary>
    /// <returns>Something that depends on all of them.</returns>
    public static float Run(int bits, int length) => bits switch
    {
        512 => Run512(length),
        256 => Run256(length),
        128 => Run128(length),
        _ => throw new ArgumentOutOfRangeException(nameof(bits), bits, "128, 256 or 512 are possible."),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run512(int length)
    {
        var factor = Vector512.Create(Factor);
        var addend = Vector512.Create(Addend);
        var (a, b, c, d, e, f) = (factor, factor, factor, factor, factor, factor);
        var (g, h, i, j, k, l) = (factor, factor, factor, factor, factor, factor);
        for (var step = 0; step < length; step++)
        {
            a = Vector512.MultiplyAddEstimate(a, factor, addend);
            b = Vector512.MultiplyAddEstimate(b, factor, addend);
            c = Vector512.MultiplyAddEstimate(c, factor, addend);
            d = Vector512.MultiplyAddEstimate(d, factor, addend);
            e = Vector512.MultiplyAddEstimate(e, factor, addend);
            f = Vector512.MultiplyAddEstimate(f, factor, addend);
            g = Vector512.MultiplyAddEstimate(g, factor, addend);
            h = Vector512.MultiplyAddEstimate(h, factor, addend);
            i = Vector512.MultiplyAddEstimate(i, factor, addend);
            j = Vector512.MultiplyAddEstimate(j, factor, addend);
            k = Vector512.MultiplyAddEstimate(k, factor, addend);
            l = Vector512.MultiplyAddEstimate(l, factor, addend);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run256(int length)
    {
        var factor = Vector256.Create(Factor);
        var addend = Vector256.Create(Addend);
        var (a, b, c, d, e, f) = (factor, factor, factor, factor, factor, factor);
        var (g, h, i, j, k, l) = (factor, factor, factor, factor, factor, factor);
        for (var step = 0; step < length; step++)
        {
            a = Vector256.MultiplyAddEstimate(a, factor, addend);
            b = Vector256.MultiplyAddEstimate(b, factor, addend);
            c = Vector256.MultiplyAddEstimate(c, factor, addend);
            d = Vector256.MultiplyAddEstimate(d, factor, addend);
            e = Vector256.MultiplyAddEstimate(e, factor, addend);
            f = Vector256.MultiplyAddEstimate(f, factor, addend);
            g = Vector256.MultiplyAddEstimate(g, factor, addend);
            h = Vector256.MultiplyAddEstimate(h, factor, addend);
            i = Vector256.MultiplyAddEstimate(i, factor, addend);
            j = Vector256.MultiplyAddEstimate(j, factor, addend);
            k = Vector256.MultiplyAddEstimate(k, factor, addend);
            l = Vector256.MultiplyAddEstimate(l, factor, addend);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run128(int length)
    {
        var factor = Vector128.Create(Factor);
        var addend = Vector128.Create(Addend);
        var (a, b, c, d, e, f) = (factor, factor, factor, factor, factor, factor);
        var (g, h, i, j, k, l) = (factor, factor, factor, factor, factor, factor);
        for (var step = 0; step < length; step++)
        {
            a = Vector128.MultiplyAddEstimate(a, factor, addend);
            b = Vector128.MultiplyAddEstimate(b, factor, addend);
            c = Vector128.MultiplyAddEstimate(c, factor, addend);
            d = Vector128.MultiplyAddEstimate(d, factor, addend);
            e = Vector128.MultiplyAddEstimate(e, factor, addend);
            f = Vector128.MultiplyAddEstimate(f, factor, addend);
            g = Vector128.MultiplyAddEstimate(g, factor, addend);
            h = Vector128.MultiplyAddEstimate(h, factor, addend);
            i = Vector128.MultiplyAddEstimate(i, factor, addend);
            j = Vector128.MultiplyAddEstimate(j, factor, addend);
            k = Vector128.MultiplyAddEstimate(k, factor, addend);
            l = Vector128.MultiplyAddEstimate(l, factor, addend);
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
