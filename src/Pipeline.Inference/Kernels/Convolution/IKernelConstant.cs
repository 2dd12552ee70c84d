namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>A number that is part of a type, so that a kernel is compiled for it.</summary>
internal interface IKernelConstant
{
    static abstract int Value { get; }
}
