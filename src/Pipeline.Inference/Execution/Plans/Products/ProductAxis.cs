namespace Pipeline.Inference.Execution.Plans.Products;

/// <summary>A dimension of what is made of two values, or several that are walked through as one.</summary>
/// <param name="Left">Floats from one place to the next in the left value; 0 where it has not got the dimension.</param>
/// <param name="Right">The same of the right value.</param>
/// <param name="Output">The same of the result.</param>
internal readonly record struct ProductAxis(int Size, long Left, long Right, long Output)
{
    /// <summary>As few as there can be.</summary>
    /// <param name="axes">Innermost first.</param>
    public static List<ProductAxis> Merge(IEnumerable<ProductAxis> axes)
    {
        List<ProductAxis> merged = [];
        foreach (var axis in axes)
        {
            if (merged.Count > 0 && merged[^1].Merge(axis) is { } both)
            {
                merged[^1] = both;
            }
            else
            {
                merged.Add(axis);
            }
        }

        return merged;
    }

    /// <summary>This and a dimension outside of it as one, or null where some value walks otherwise.</summary>
    public ProductAxis? Merge(ProductAxis outer) =>
        outer.Left == Left * Size && outer.Right == Right * Size && outer.Output == Output * Size ? this with { Size = checked(Size * outer.Size) } : null;
}
