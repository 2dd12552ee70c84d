using System.Runtime.Intrinsics;

namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>What is done to a sum before it is stored. NaN in gives NaN out.</summary>
internal interface IEpilogue
{
    static abstract float Apply(float sum, float low, float high);

    static abstract Vector256<float> Apply(Vector256<float> sum, Vector256<float> low, Vector256<float> high);

    static abstract Vector512<float> Apply(Vector512<float> sum, Vector512<float> low, Vector512<float> high);
}
