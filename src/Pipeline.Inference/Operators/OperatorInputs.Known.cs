using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Inputs that say how to work rather than what on: shapes, axes, sizes.</summary>
public sealed partial class OperatorInputs
{
    private const long LargestConstantForInference = 1 << 20;

    /// <summary>The elements of an integer input of rank 0 or 1, or null while they are not known.</summary>
    /// <exception cref="InvalidNodeException">It is of another type or rank.</exception>
    internal long[]? KnownIntegers(int index)
    {
        var type = this[index];
        if (type.DataType is not (DataType.Int32 or DataType.Int64 or DataType.Int16 or DataType.Int8 or DataType.UInt8))
        {
            throw Invalid($"input {index} is {type}, it must be of integers.");
        }

        if (type.Shape.HasRank && type.Shape.Rank > 1)
        {
            throw Invalid($"input {index} is {type}, it must be a vector or a scalar.");
        }

        return KnownTensor(index) is { } tensor ? Widen(tensor) : null;
    }

    /// <summary>As <see cref="KnownIntegers"/>, where the input must have one element.</summary>
    internal long? KnownInteger(int index)
    {
        var elements = KnownIntegers(index);
        return elements switch
        {
            null => null,
            [var element] => element,
            _ => throw Invalid($"input {index} has {elements.Length} elements, it must have one."),
        };
    }

    /// <summary>How many elements an input of rank 1 has, as far as known: <see cref="PartialShape.UnknownDimension"/> else.</summary>
    internal int KnownLength(int index)
    {
        var shape = this[index].Shape;
        if (!shape.HasRank)
        {
            return PartialShape.UnknownDimension;
        }

        return shape.Rank == 1 ? shape[0] : throw Invalid($"input {index} is {this[index]}, it must be a vector.");
    }

    /// <summary>The elements of a small input where they are known already, or null.</summary>
    internal Tensor? KnownTensor(int index)
    {
        if (_runtimeValues is not null)
        {
            return Tensor(index);
        }

        return _graphValues![index].Constant is NumericConstantSource { ByteLength: <= LargestConstantForInference } constant
            ? (Tensor)constant.Load()
            : null;
    }

    private static long[] Widen(Tensor tensor) => tensor.DataType switch
    {
        DataType.Int32 => Widen(tensor.Elements<int>()),
        DataType.Int64 => tensor.Elements<long>().ToArray(),
        DataType.Int16 => Widen(tensor.Elements<short>()),
        DataType.Int8 => Widen(tensor.Elements<sbyte>()),
        _ => Widen(tensor.Elements<byte>()),
    };

    private static long[] Widen<T>(ReadOnlySpan<T> elements)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var wide = new long[elements.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = long.CreateChecked(elements[i]);
        }

        return wide;
    }
}
