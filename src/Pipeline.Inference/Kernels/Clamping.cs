using System.Numerics;

namespace Pipeline.Inference.Kernels;

/// <summary>Bounds on elements; a NaN stays one.</summary>
internal static class Clamping
{
    /// <summary>Effectively computes <c>min(max(x, low), high)</c>. Source and target may be the same memory.</summary>
    public static void Apply<T>(ReadOnlySpan<T> source, Span<T> target, T low, T high)
        where T : unmanaged, INumber<T>
    {
        var lows = new Vector<T>(low);
        var highs = new Vector<T>(high);
        var i = 0;
        for (; i <= source.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            var x = new Vector<T>(source[i..]);
            x = Vector.ConditionalSelect(Vector.LessThan(x, lows), lows, x);
            x = Vector.ConditionalSelect(Vector.GreaterThan(x, highs), highs, x);
            x.CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            var x = source[i];
            x = x < low ? low : x;
            target[i] = x > high ? high : x;
        }
    }
}
