namespace Pipeline.Inference.Execution.Plans.Products;

/// <summary>Finds the products of matrices that a product of two values over labels comes down to.</summary>
internal sealed class ProductAnalysis
{
    // Right matrices are filled up to panels of 16 columns: more floats than that are not spent on narrow ones.
    private const long MostPackedFloats = 1L << 22;

    private readonly ProductOperand _left;
    private readonly ProductOperand _right;
    private readonly ProductOperand _output;

    private ProductAnalysis(ProductOperand left, ProductOperand right, ProductOperand output)
    {
        _left = left;
        _right = right;
        _output = output;
    }

    /// <returns>Null where a value would have to be put in another order first, or nothing is multiplied.</returns>
    public static ProductForm? TryFind(ProductOperand first, ProductOperand second, ProductOperand output)
    {
        var all = first.Labels.Concat(second.Labels);
        if (output.Labels.Distinct().Count() < output.Labels.Length || first.Shape.ElementCount == 0 || second.Shape.ElementCount == 0
            || all.Any(label => !output.Labels.Contains(label) && !(first.Labels.Contains(label) && second.Labels.Contains(label))))
        {
            return null;
        }

        return new ProductAnalysis(first, second, output).Find() is { } shape ? new ProductForm(shape, IsSwapped: false)
            : new ProductAnalysis(second, first, output).Find() is { } swapped ? new ProductForm(swapped, IsSwapped: true)
            : null;
    }

    private ProductShape? Find()
    {
        int[] labels = [.. _output.Labels.Where(label => _output.Size(label) > 1).Reverse()];
        var columns = labels.TakeWhile(label => _left.Stride(label) == 0).ToArray();
        if (columns.Length == 0 && labels.Length > 0)
        {
            return null;
        }

        var axes = ProductAxis.Merge(labels.Skip(columns.Length).Select(Axis));
        var rows = axes.Where(axis => axis.Right == 0).OrderByDescending(axis => axis.Size).FirstOrDefault(new ProductAxis(1, 0, 0, 0));
        if (Depth() is not { } depth)
        {
            return null;
        }

        var outer = axes.Where(axis => !axis.Equals(rows)).Reverse().ToArray();
        var shape = new ProductShape(outer, rows, (nint)depth.LeftStride, depth.Right, Places(columns));
        return shape.MatrixFloats * shape.RightMatrices <= Math.Max(MostPackedFloats, 2L * _right.Shape.ElementCount) ? shape : null;
    }

    private ProductAxis Axis(int label) => new(_output.Size(label), _left.Stride(label), _right.Stride(label), _output.Stride(label));

    /// <summary>The order of a sum is free, so it is the one in which the left value lies.</summary>
    /// <returns>Null where the left value cannot be walked through in equal steps.</returns>
    private (long LeftStride, nint[] Right)? Depth()
    {
        int[] labels = [.. _left.Labels.Distinct().Where(label => !_output.Labels.Contains(label) && _left.Size(label) > 1).OrderBy(_left.Stride)];
        for (var index = 1; index < labels.Length; index++)
        {
            if (_left.Stride(labels[index]) != _left.Stride(labels[index - 1]) * _left.Size(labels[index - 1]))
            {
                return null;
            }
        }

        return (labels.Length == 0 ? 1 : _left.Stride(labels[0]), Places(labels));
    }

    /// <summary>Where the right value lies along labels, innermost first.</summary>
    private nint[] Places(int[] labels)
    {
        nint[] places = [0];
        foreach (var label in labels)
        {
            var (size, stride) = (Math.Max(_right.Size(label), _output.Size(label)), (nint)_right.Stride(label));
            places = [.. Enumerable.Range(0, size).SelectMany(place => places.Select(inner => inner + (place * stride)))];
        }

        return places;
    }
}
