namespace Pipeline.Inference.Kernels.Products;

/// <summary>What is done to sums of products: function(sum · scale + residual).</summary>
internal unsafe struct ProductFinish
{
    /// <summary>One number for each column of the product, filled up to whole panels; null: nothing is multiplied.</summary>
    public float* Scale;

    /// <summary>From a result to what is added to it; meaningless unless <see cref="HasResidual"/>.</summary>
    public nint ResidualOffset;
    public bool HasResidual;

    /// <summary>What the function takes as its bounds.</summary>
    public float Low;
    public float High;

    /// <summary>Finishes neighbouring results of a row, of <see cref="ProductFinishing"/>; null: sums are the results.</summary>
    public delegate*<ref readonly ProductFinish, float*, float*, int, void> Row;
}
