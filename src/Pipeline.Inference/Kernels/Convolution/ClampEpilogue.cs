using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>min(high, max(low, x)); infinite bounds leave x as it is. x86's Min and Max return their second operand when one is NaN, so x stands second.</summary>
internal readonly struct ClampEpilogue : IEpilogue
{
    public static float Apply(float sum, float low, float high)
    {
        var raised = low > sum ? low : sum;
        return high < raised ? high : raised;
    }

    public static Vector256<float> Apply(Vector256<float> sum, Vector256<float> low, Vector256<float> high) => Avx.Min(high, Avx.Max(low, sum));

    public static Vector512<float> Apply(Vector512<float> sum, Vector512<float> low, Vector512<float> high) => Avx512F.Min(high, Avx512F.Max(low, sum));
}
