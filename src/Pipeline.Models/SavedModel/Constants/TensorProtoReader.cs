using System.Runtime.InteropServices;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Constants;

/// <summary>Makes handles of the tensors that graphs hold: raw content, a typed field whose last value repeats, or nothing, which means zeros.</summary>
internal static class TensorProtoReader
{
    private const int LargestStringCount = 1 << 24;

    /// <param name="content">Where the raw content lies in the file, if it was left there.</param>
    /// <param name="place">The node, for messages.</param>
    /// <exception cref="InvalidModelException">Shape and content contradict each other.</exception>
    /// <exception cref="UnsupportedModelException">The engine has no such type.</exception>
    public static ConstantSource Read(TensorProto tensor, ByteRange? content, MessageFile file, string place)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(file);
        var shape = ShapeReading.ReadStored(tensor.TensorShape, file.Path, place);
        var type = TensorFlowTypes.FromNumber(tensor.Dtype);
        if (type == TensorFlowType.String)
        {
            return new StringConstantSource(ReadStrings(tensor, shape, file.Path, place));
        }

        if (type.ToDataType() is not { } dataType || !dataType.IsNumeric())
        {
            throw new UnsupportedModelException(file.Path, [new UnsupportedNode("Const", place, "dtype", $"{type} is no type of constants that is supported")]);
        }

        var length = dataType.ByteLength(shape.ElementCount);
        if (content is { } range)
        {
            CheckLength(range.Length);
            return new FileConstantSource(dataType, shape, file.Source, range.Start);
        }

        if (!tensor.TensorContent.IsEmpty)
        {
            CheckLength(tensor.TensorContent.Length);
            return new InMemoryConstantSource(Tensor.Wrap(dataType, shape, tensor.TensorContent.ToByteArray()));
        }

        var elements = ReadElements(tensor, type);
        return elements.Length <= length
            ? new RepeatingConstantSource(dataType, shape, elements)
            : throw new InvalidModelException(file.Path, place, $"at most {length} bytes of {type}{shape}", $"{elements.Length}");

        void CheckLength(long found)
        {
            if (found != length)
            {
                throw new InvalidModelException(file.Path, place, $"{length} bytes of {type}{shape}", $"{found}");
            }
        }
    }

    private static StringTensor ReadStrings(TensorProto tensor, Shape shape, string path, string place)
    {
        var values = tensor.StringVal;
        if (shape.ElementCount > LargestStringCount || values.Count > shape.ElementCount)
        {
            throw new InvalidModelException(
                path, place, $"at most {LargestStringCount} strings and no more than {shape} holds", $"{values.Count} strings for {shape}");
        }

        var strings = new ReadOnlyMemory<byte>[shape.ElementCount];
        for (var index = 0; index < strings.Length; index++)
        {
            strings[index] = values.Count == 0 ? ReadOnlyMemory<byte>.Empty : values[Math.Min(index, values.Count - 1)].Memory;
        }

        return new StringTensor(shape, strings);
    }

    private static byte[] ReadElements(TensorProto tensor, TensorFlowType type) => type switch
    {
        TensorFlowType.Float => Bytes<float>([.. tensor.FloatVal]),
        TensorFlowType.Double => Bytes<double>([.. tensor.DoubleVal]),
        TensorFlowType.Half or TensorFlowType.BFloat16 => Bytes<ushort>([.. tensor.HalfVal.Select(bits => (ushort)bits)]),
        TensorFlowType.Int8 or TensorFlowType.UInt8 => [.. tensor.IntVal.Select(value => (byte)value)],
        TensorFlowType.Int16 or TensorFlowType.UInt16 => Bytes<ushort>([.. tensor.IntVal.Select(value => (ushort)value)]),
        TensorFlowType.Int32 => Bytes<int>([.. tensor.IntVal]),
        TensorFlowType.UInt32 => Bytes<uint>([.. tensor.Uint32Val]),
        TensorFlowType.Int64 => Bytes<long>([.. tensor.Int64Val]),
        TensorFlowType.UInt64 => Bytes<ulong>([.. tensor.Uint64Val]),
        TensorFlowType.Bool => [.. tensor.BoolVal.Select(value => value ? (byte)1 : (byte)0)],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of constants."),
    };

    private static byte[] Bytes<T>(T[] elements)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(elements).ToArray();
}
