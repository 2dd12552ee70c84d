namespace Pipeline.Benchmarks.Kernels;

/// <summary>Kernels that have a line of their own to stay above.</summary>
internal enum KernelFamily
{
    /// <summary>Convolutions of at least 64 products a sum: the core of matrix products.</summary>
    Core,

    /// <summary>Convolutions of fewer products a sum: results cost as much as sums.</summary>
    FewProducts,

    /// <summary>Convolutions that read plain pictures of three channels.</summary>
    First,

    /// <summary>One row times a matrix: each weight is read once, so memory decides.</summary>
    Dense,

    Depthwise,

    /// <summary>No multiply-adds.</summary>
    Pooling,
}
