using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>x · (min(6, max(0, x + 3)) / 6), the division as a product; the bounds are not looked at. A NaN goes through the product.</summary>
internal readonly struct HardSwishEpilogue : IEpilogue
{
    private const float Shift = 3;
    private const float Top = 6;
    private const float Scale = 1f / 6;

    public static float Apply(float sum, float low, float high)
    {
        var shifted = sum + Shift;
        var raised = shifted < 0 ? 0 : shifted;
        return sum * ((raised > Top ? Top : raised) * Scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> sum, Vector256<float> low, Vector256<float> high) =>
        sum * (Avx.Min(Vector256.Create(Top), Avx.Max(Vector256<float>.Zero, sum + Vector256.Create(Shift))) * Vector256.Create(Scale));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> sum, Vector512<float> low, Vector512<float> high) =>
        sum * (Avx512F.Min(Vector512.Create(Top), Avx512F.Max(Vector512<float>.Zero, sum + Vector512.Create(Shift))) * Vector512.Create(Scale));
}
