using System.Globalization;

namespace Pipeline.Inference.Tensors;

/// <summary>What is known of a shape before a run: nothing (<see cref="Unknown"/>, also the default), or the rank and some dimensions.</summary>
public readonly struct PartialShape : IEquatable<PartialShape>
{
    /// <summary>Stands for a dimension that is not known.</summary>
    public const int UnknownDimension = -1;

    private readonly int[]? _dimensions;

    private PartialShape(int[] dimensions)
    {
        _dimensions = dimensions;
    }

    /// <summary>Not even the rank is known.</summary>
    public static PartialShape Unknown => default;

    public bool HasRank => _dimensions is not null;

    /// <summary>The number of dimensions.</summary>
    /// <exception cref="InvalidOperationException">The rank is unknown.</exception>
    public int Rank => _dimensions?.Length ?? throw new InvalidOperationException("The rank is unknown.");

    /// <summary>The dimensions, <see cref="UnknownDimension"/> for those unknown; empty when the rank is unknown.</summary>
    public ReadOnlySpan<int> Dimensions => _dimensions;

    /// <summary>Whether every dimension is known.</summary>
    public bool IsConcrete => _dimensions is not null && !_dimensions.AsSpan().Contains(UnknownDimension);

    /// <summary>One dimension, or <see cref="UnknownDimension"/>.</summary>
    public int this[Index axis] => Dimensions[axis];

    /// <param name="dimensions">0 or more each, or <see cref="UnknownDimension"/>.</param>
    /// <exception cref="InvalidShapeException">A dimension is below -1, or there are too many dimensions.</exception>
    public static PartialShape Of(params ReadOnlySpan<int> dimensions)
    {
        if (dimensions.Length > Shape.MaxRank)
        {
            throw new InvalidShapeException($"{dimensions.Length} dimensions", $"at most {Shape.MaxRank} are possible.");
        }

        foreach (var dimension in dimensions)
        {
            if (dimension < UnknownDimension)
            {
                throw new InvalidShapeException(Join(dimensions), $"a dimension is {dimension}, it must be 0 or more, or -1 for unknown.");
            }
        }

        return new PartialShape(dimensions.ToArray());
    }

    public static PartialShape From(Shape shape) => new(shape.Dimensions.ToArray());

    /// <summary>A shape of <paramref name="rank"/> unknown dimensions.</summary>
    public static PartialShape OfRank(int rank)
    {
        var dimensions = new int[rank];
        Array.Fill(dimensions, UnknownDimension);
        return Of(dimensions);
    }

    /// <summary>This, or when not even the rank is known, a shape of <paramref name="rank"/> unknown dimensions.</summary>
    public PartialShape OrRank(int rank) => HasRank ? this : OfRank(rank);

    public static implicit operator PartialShape(Shape shape) => From(shape);

    /// <summary>Whether a value of <paramref name="shape"/> is one that this describes.</summary>
    public bool Admits(Shape shape)
    {
        if (_dimensions is null)
        {
            return true;
        }

        if (_dimensions.Length != shape.Rank)
        {
            return false;
        }

        for (var i = 0; i < _dimensions.Length; i++)
        {
            if (_dimensions[i] != UnknownDimension && _dimensions[i] != shape[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The shape itself, all of which must be known.</summary>
    /// <exception cref="InvalidOperationException">Something is unknown.</exception>
    /// <exception cref="InvalidShapeException">There are too many elements.</exception>
    public Shape ToShape() =>
        TryGetShape(out var shape) ? shape : throw new InvalidOperationException($"{this} is not wholly known.");

    /// <summary>The shape itself where all of it is known.</summary>
    /// <exception cref="InvalidShapeException">There are too many elements.</exception>
    public bool TryGetShape(out Shape shape)
    {
        shape = IsConcrete ? Shape.Of(_dimensions) : default;
        return IsConcrete;
    }

    public bool Equals(PartialShape other) =>
        HasRank == other.HasRank && Dimensions.SequenceEqual(other.Dimensions);

    public override bool Equals(object? obj) => obj is PartialShape other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(HasRank);
        foreach (var dimension in Dimensions)
        {
            hash.Add(dimension);
        }

        return hash.ToHashCode();
    }

    /// <summary>The dimensions with <c>?</c> for unknown ones; <c>[...]</c> when the rank is unknown.</summary>
    public override string ToString() => HasRank ? $"[{Join(Dimensions)}]" : "[...]";

    public static bool operator ==(PartialShape left, PartialShape right) => left.Equals(right);

    public static bool operator !=(PartialShape left, PartialShape right) => !left.Equals(right);

    private static string Join(ReadOnlySpan<int> dimensions) =>
        string.Join(", ", dimensions.ToArray().Select(d => d == UnknownDimension ? "?" : d.ToString(CultureInfo.InvariantCulture)));
}
