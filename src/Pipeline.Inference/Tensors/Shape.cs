using System.Globalization;

namespace Pipeline.Inference.Tensors;

/// <summary>Known dimensions, outermost first; the default is the scalar. The number of elements is at most <see cref="MaxElementCount"/>.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The most elements a value may have, what one managed array can hold.</summary>
    public const int MaxElementCount = 0x7FFFFFC7;

    /// <summary>The most dimensions a value may have, as in TensorFlow.</summary>
    public const int MaxRank = 254;

    private readonly int[]? _dimensions;
    private readonly int _count;

    private Shape(int[] dimensions)
    {
        _dimensions = dimensions.Length == 0 ? null : dimensions;
        _count = CountElements(dimensions);
    }

    public static Shape Scalar => default;

    public int Rank => _dimensions?.Length ?? 0;

    public ReadOnlySpan<int> Dimensions => _dimensions;

    /// <summary>The product of the dimensions; 1 for a scalar.</summary>
    public int ElementCount => _dimensions is null ? 1 : _count;

    /// <param name="axis">Counted from the outermost, or from the end by <c>^</c>.</param>
    public int this[Index axis] => Dimensions[axis];

    /// <exception cref="InvalidShapeException">A dimension is negative, or there are too many elements or dimensions.</exception>
    public static Shape Of(params ReadOnlySpan<int> dimensions) => new(dimensions.ToArray());

    /// <summary>A shape from the wide numbers that files and shape tensors hold.</summary>
    /// <exception cref="InvalidShapeException">A dimension is negative or over 31 bits, or there are too many elements or dimensions.</exception>
    public static Shape FromWide(ReadOnlySpan<long> dimensions)
    {
        var narrow = new int[dimensions.Length];
        for (var i = 0; i < narrow.Length; i++)
        {
            if (dimensions[i] is < 0 or > int.MaxValue)
            {
                throw new InvalidShapeException(string.Join(", ", dimensions.ToArray()), $"dimension {i} must be 0 to {int.MaxValue}.");
            }

            narrow[i] = (int)dimensions[i];
        }

        return new Shape(narrow);
    }

    /// <summary>The product of dimensions <paramref name="start"/> (inclusive) to <paramref name="end"/> (exclusive), 1 when there are none.</summary>
    /// <exception cref="OverflowException">The product is over 31 bits, which only a shape with a zero elsewhere can have.</exception>
    public int CountOf(int start, int end)
    {
        var count = 1;
        foreach (var dimension in Dimensions[start..end])
        {
            count = checked(count * dimension);
        }

        return count;
    }

    public bool Equals(Shape other) => Dimensions.SequenceEqual(other.Dimensions);

    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var dimension in Dimensions)
        {
            hash.Add(dimension);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"[{Join(Dimensions)}]";

    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    private static int CountElements(int[] dimensions)
    {
        if (dimensions.Length > MaxRank)
        {
            throw new InvalidShapeException($"{dimensions.Length} dimensions", $"at most {MaxRank} are possible.");
        }

        long count = 1;
        var overflows = false;
        var hasZero = false;
        foreach (var dimension in dimensions)
        {
            if (dimension < 0)
            {
                throw new InvalidShapeException(Join(dimensions), $"a dimension is {dimension}, it must be 0 to {int.MaxValue}.");
            }

            hasZero |= dimension == 0;
            count = overflows || dimension == 0 ? count : count * dimension;
            overflows |= count > MaxElementCount;
        }

        if (hasZero)
        {
            return 0;
        }

        return overflows
            ? throw new InvalidShapeException(Join(dimensions), $"it has more than {MaxElementCount} elements.")
            : (int)count;
    }

    private static string Join(ReadOnlySpan<int> dimensions) =>
        string.Join(", ", dimensions.ToArray().Select(d => d.ToString(CultureInfo.InvariantCulture)));
}
