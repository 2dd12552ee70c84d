namespace Pipeline.Inference.Kernels.Products;

/// <summary>What all calls of one matrix product have in common. Lengths are in elements.</summary>
internal struct ProductCall
{
    /// <summary>From one row of the left matrix to the next.</summary>
    public nint RowStride;

    /// <summary>From one element of a row to the next.</summary>
    public nint DepthStride;

    /// <summary>Products that are added up, at least 1.</summary>
    public nint Depth;

    /// <summary>From one panel of the right matrix, [Depth][16], to the next.</summary>
    public nint PanelStride;

    /// <summary>From one row of results to the next.</summary>
    public nint OutputRowStride;
}
