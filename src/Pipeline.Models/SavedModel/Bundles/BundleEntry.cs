using System.Collections.Immutable;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Bundles;

/// <summary>Where a tensor lies in a bundle.</summary>
/// <param name="Crc">Masked CRC-32C over the stored bytes; of strings over another sequence, see <see cref="BundleStrings"/>.</param>
/// <param name="Slices">The parts under whose own keys the data lie; empty where they lie here.</param>
internal sealed record BundleEntry(
    string Path,
    string Name,
    TensorFlowType Type,
    Shape Shape,
    int ShardIndex,
    long Offset,
    long Size,
    uint Crc,
    ImmutableArray<BundleSlice> Slices)
{
    private const int LargestSliceCount = 4096;

    public long[] WideShape => [.. Shape.Dimensions.ToArray()];

    /// <exception cref="InvalidModelException">The shape is none, a slice lies outside it, or the size is not what type and shape need.</exception>
    public static BundleEntry From(BundleEntryProto message, string path, string name)
    {
        var place = $"entry '{name}'";
        var type = TensorFlowTypes.FromNumber(message.Dtype);
        var shape = ShapeReading.ReadStored(message.Shape, path, place);
        long[] wide = [.. shape.Dimensions.ToArray()];
        if (message.Slices.Count > LargestSliceCount)
        {
            throw new InvalidModelException(path, place, $"at most {LargestSliceCount} slices", $"{message.Slices.Count}");
        }

        var slices = message.Slices
            .Select(slice => BundleSlice.TryCreate(wide, [.. slice.Extent.Select(extent => (extent.Start, extent.HasLength ? extent.Length : (long?)null))])
                ?? throw new InvalidModelException(path, place, $"slices inside {shape}", slice.ToString()))
            .ToImmutableArray();
        if (slices.IsEmpty && type.ElementSize() is { } elementSize && message.Size != (long)shape.ElementCount * elementSize)
        {
            throw new InvalidModelException(path, place, $"{(long)shape.ElementCount * elementSize} bytes of {type}{shape}", $"{message.Size}");
        }

        return new BundleEntry(path, name, type, shape, message.ShardId, message.Offset, message.Size, message.Crc32C, slices);
    }

    /// <summary>Whether both hold the same tensor, by type, shape and checksum; of tensors stored in slices that is not known.</summary>
    public bool HoldsSameAs(BundleEntry other) =>
        Slices.IsEmpty && other.Slices.IsEmpty && (Type, Shape, Size, Crc) == (other.Type, other.Shape, other.Size, other.Crc);

    /// <summary>The engine's type of the elements.</summary>
    /// <exception cref="UnsupportedModelException">The engine holds no such numbers.</exception>
    public DataType DataTypeOrThrow() =>
        Type.ToDataType() is { } dataType && dataType.IsNumeric()
            ? dataType
            : throw new UnsupportedModelException(
                Path, [new UnsupportedNode("TensorBundle", Name, "dtype", $"{Type} is no type of numbers that is supported")]);
}
