using System.Numerics;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Conversion of every element from one type to another.</summary>
internal static class Conversion
{
    /// <summary>
    /// Floats to integers go towards zero, and those out of range to the nearest end (NaN to 0); integers to narrower integers lose their
    /// high bits; anything to Bool is whether it is not 0; to a narrower float goes to the nearest, ties to even.
    /// </summary>
    public static Tensor To(DataType target, Tensor source, EvaluationContext context)
    {
        if (source.DataType == target)
        {
            return source;
        }

        var result = context.Allocate(target, source.Shape);
        switch (source.DataType)
        {
            case DataType.Float32: From<float>(source.Elements<float>(), result); break;
            case DataType.Float64: From<double>(source.Elements<double>(), result); break;
            case DataType.Float16: From<Half>(source.Elements<Half>(), result); break;
            case DataType.BFloat16: Map(source.Elements<BFloat16>(), result, static x => (float)x); break;
            case DataType.Int8: From<sbyte>(source.Elements<sbyte>(), result); break;
            case DataType.UInt8: From<byte>(source.Elements<byte>(), result); break;
            case DataType.Int16: From<short>(source.Elements<short>(), result); break;
            case DataType.UInt16: From<ushort>(source.Elements<ushort>(), result); break;
            case DataType.Int32: From<int>(source.Elements<int>(), result); break;
            case DataType.UInt32: From<uint>(source.Elements<uint>(), result); break;
            case DataType.Int64: From<long>(source.Elements<long>(), result); break;
            case DataType.UInt64: From<ulong>(source.Elements<ulong>(), result); break;
            case DataType.Bool: Map(source.Elements<bool>(), result, static x => (byte)(x ? 1 : 0)); break;
            default: throw new ArgumentException($"{source} cannot be converted.", nameof(source));
        }

        return result;
    }

    private static void From<T>(ReadOnlySpan<T> source, Tensor result)
        where T : unmanaged, INumber<T> => Map(source, result, static x => x);

    private static void Map<TSource, T>(ReadOnlySpan<TSource> source, Tensor result, Func<TSource, T> widen)
        where TSource : unmanaged
        where T : unmanaged, INumber<T>
    {
        switch (result.DataType)
        {
            case DataType.Float32: Fill(source, result.Elements<float>(), widen); break;
            case DataType.Float64: Fill(source, result.Elements<double>(), widen); break;
            case DataType.Float16: Fill(source, result.Elements<Half>(), widen); break;
            case DataType.Int8: Fill(source, result.Elements<sbyte>(), widen); break;
            case DataType.UInt8: Fill(source, result.Elements<byte>(), widen); break;
            case DataType.Int16: Fill(source, result.Elements<short>(), widen); break;
            case DataType.UInt16: Fill(source, result.Elements<ushort>(), widen); break;
            case DataType.Int32: Fill(source, result.Elements<int>(), widen); break;
            case DataType.UInt32: Fill(source, result.Elements<uint>(), widen); break;
            case DataType.Int64: Fill(source, result.Elements<long>(), widen); break;
            case DataType.UInt64: Fill(source, result.Elements<ulong>(), widen); break;
            case DataType.BFloat16:
                var narrow = result.Elements<BFloat16>();
                for (var i = 0; i < narrow.Length; i++)
                {
                    narrow[i] = (BFloat16)float.CreateTruncating(widen(source[i]));
                }

                break;
            case DataType.Bool:
                var truths = result.Elements<bool>();
                for (var i = 0; i < truths.Length; i++)
                {
                    truths[i] = widen(source[i]) != T.Zero;
                }

                break;
            default: throw new ArgumentException($"{result} cannot be converted to.", nameof(result));
        }
    }

    private static void Fill<TSource, T, TResult>(ReadOnlySpan<TSource> source, Span<TResult> result, Func<TSource, T> widen)
        where T : unmanaged, INumber<T>
        where TResult : unmanaged, INumber<TResult>
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = TResult.CreateTruncating(widen(source[i]));
        }
    }
}
