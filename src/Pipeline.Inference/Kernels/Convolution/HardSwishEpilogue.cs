using System.Runtime.Intrinsics;

namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>x · min(6, max(0, x + 3)) / 6; the bounds are not looked at.</summary>
internal readonly struct HardSwishEpilogue : IEpilogue
{
    private const float Sixth = 1f / 6f;

    public static float Apply(float sum, float low, float high) => sum * (ClampEpilogue.Apply(sum + 3f, 0f, 6f) * Sixth);

    public static Vector256<float> Apply(Vector256<float> sum, Vector256<float> low, Vector256<float> high) =>
        sum * (ClampEpilogue.Apply(sum + Vector256.Create(3f), Vector256<float>.Zero, Vector256.Create(6f)) * Vector256.Create(Sixth));

    public static Vector512<float> Apply(Vector512<float> sum, Vector512<float> low, Vector512<float> high) =>
        sum * (ClampEpilogue.Apply(sum + Vector512.Create(3f), Vector512<float>.Zero, Vector512.Create(6f)) * Vector512.Create(Sixth));
}
