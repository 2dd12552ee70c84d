namespace Pipeline.Inference.Kernels;

/// <summary>The widths that kernels are written for.</summary>
internal enum KernelTier
{
    /// <summary>Scalar loops; runs anywhere.</summary>
    Portable,

    /// <summary>AVX2 with FMA.</summary>
    Vector256,

    /// <summary>AVX-512F, where the runtime takes 512 bits to be worth it.</summary>
    Vector512,
}
