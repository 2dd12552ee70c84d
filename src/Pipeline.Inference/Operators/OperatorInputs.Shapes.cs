using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Rules that many operators share.</summary>
public sealed partial class OperatorInputs
{
    /// <exception cref="InvalidNodeException">The rank is known, and another.</exception>
    internal void RequireRank(int index, int rank)
    {
        if (this[index].Shape is { HasRank: true } shape && shape.Rank != rank)
        {
            throw Invalid($"input {index} is {this[index]}, its rank must be {rank}.");
        }
    }

    /// <exception cref="InvalidNodeException">The rank is known, and lower.</exception>
    internal void RequireMinimumRank(int index, int rank)
    {
        if (this[index].Shape is { HasRank: true } shape && shape.Rank < rank)
        {
            throw Invalid($"input {index} is {this[index]}, its rank must be at least {rank}.");
        }
    }

    /// <exception cref="InvalidNodeException">The input is of another type than the one at <paramref name="other"/>.</exception>
    internal void RequireSameType(int index, int other = 0)
    {
        if (this[index].DataType != this[other].DataType)
        {
            throw Invalid($"input {index} is {this[index]}, its type must be {this[other].DataType} as that of input {other}.");
        }
    }

    /// <exception cref="InvalidNodeException">The input is of another type.</exception>
    internal void RequireType(int index, DataType type)
    {
        if (this[index].DataType != type)
        {
            throw Invalid($"input {index} is {this[index]}, its type must be {type}.");
        }
    }

    /// <exception cref="InvalidNodeException">The input is not of floating-point numbers.</exception>
    internal void RequireFloatingPoint(int index)
    {
        if (!this[index].DataType.IsFloatingPoint())
        {
            throw Invalid($"input {index} is {this[index]}, it must be of floating-point numbers.");
        }
    }

    /// <summary>Arithmetic is implemented on whole-byte numbers.</summary>
    /// <exception cref="InvalidNodeException">The input is not of numbers.</exception>
    /// <exception cref="UnsupportedNodeException">The input is of packed numbers.</exception>
    internal void RequireNumbers(int index)
    {
        var type = this[index].DataType;
        if (type == DataType.Int4)
        {
            throw Unsupported("arithmetic on Int4.");
        }

        if (!type.IsNumeric() || type == DataType.Bool)
        {
            throw Invalid($"input {index} is {this[index]}, it must be of numbers.");
        }
    }

    /// <summary>Shapes are the matter of values that have elements.</summary>
    /// <exception cref="UnsupportedNodeException">The input is something else.</exception>
    internal void RequireElements(int index)
    {
        if (this[index].DataType is DataType.Resource or DataType.Variant)
        {
            throw Unsupported($"input {index} of type {this[index].DataType}.");
        }
    }

    /// <summary>Moves are implemented on everything whose elements stand in whole bytes, and on strings.</summary>
    /// <exception cref="UnsupportedNodeException">The input is something else.</exception>
    internal void RequireMovable(int index)
    {
        if (this[index].DataType is DataType.Int4 or DataType.Resource or DataType.Variant)
        {
            throw Unsupported($"input {index} of type {this[index].DataType}.");
        }
    }

    /// <summary>An axis counted from the front, where negative ones count from the end.</summary>
    /// <exception cref="InvalidNodeException">There is no such axis.</exception>
    internal int NormalizeAxis(long axis, int rank)
    {
        var normalized = axis < 0 ? axis + rank : axis;
        return normalized >= 0 && normalized < rank
            ? (int)normalized
            : throw Invalid($"axis {axis} is outside of -{rank} to {rank - 1}.");
    }

    /// <summary>A computed dimension.</summary>
    /// <exception cref="InvalidNodeException">It is negative or over 31 bits.</exception>
    internal int Dimension(long dimension) => dimension is >= 0 and <= int.MaxValue
        ? (int)dimension
        : throw Invalid($"a dimension of the result would be {dimension}.");

    /// <summary>A dimension that two inputs share, as far as either knows it.</summary>
    /// <exception cref="InvalidNodeException">Both know it, and differ.</exception>
    internal int Unify(int first, int second, string what)
    {
        if (first == PartialShape.UnknownDimension || first == second)
        {
            return second;
        }

        return second == PartialShape.UnknownDimension ? first : throw Invalid($"{what} is {first} here and {second} there.");
    }

    /// <summary>A shape that two inputs share.</summary>
    /// <exception cref="InvalidNodeException">They differ.</exception>
    internal PartialShape Unify(PartialShape first, PartialShape second)
    {
        if (!first.HasRank || !second.HasRank)
        {
            return first.HasRank ? first : second;
        }

        if (first.Rank != second.Rank)
        {
            throw Invalid($"shapes {first} and {second} must be equal.");
        }

        var dimensions = new int[first.Rank];
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = Unify(first[i], second[i], $"dimension {i}");
        }

        return PartialShape.Of(dimensions);
    }

    /// <summary>What two shapes give together: aligned at the end, dimensions equal, or one of them 1.</summary>
    /// <exception cref="InvalidNodeException">They do not go together.</exception>
    internal PartialShape Broadcast(PartialShape first, PartialShape second) =>
        TryBroadcast(first, second) ?? throw Invalid($"shapes {first} and {second} cannot be broadcast together.");

    /// <summary>As <see cref="Broadcast"/>, or null where they do not go together.</summary>
    internal static PartialShape? TryBroadcast(PartialShape first, PartialShape second)
    {
        if (!first.HasRank || !second.HasRank)
        {
            return PartialShape.Unknown;
        }

        var dimensions = new int[Math.Max(first.Rank, second.Rank)];
        for (var i = 1; i <= dimensions.Length; i++)
        {
            var a = i <= first.Rank ? first[^i] : 1;
            var b = i <= second.Rank ? second[^i] : 1;
            if (a != b && a is not (1 or PartialShape.UnknownDimension) && b is not (1 or PartialShape.UnknownDimension))
            {
                return null;
            }

            dimensions[^i] = a == 1 || (a == PartialShape.UnknownDimension && b != 1) ? b : a;
        }

        return PartialShape.Of(dimensions);
    }
}
