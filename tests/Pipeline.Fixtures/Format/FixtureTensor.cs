using System.Collections.Immutable;

namespace Pipeline.Fixtures.Format;

/// <summary>A recorded tensor: raw little-endian bytes in C order, or strings as byte arrays.</summary>
/// <param name="DataType">As written in the index: <c>float32</c>, <c>uint8</c>, <c>string</c> …</param>
/// <param name="Bytes">Empty for strings.</param>
/// <param name="Strings">Null unless the data type is <c>string</c>.</param>
public sealed record FixtureTensor(
    string Name,
    string DataType,
    ImmutableArray<int> Shape,
    ReadOnlyMemory<byte> Bytes,
    ImmutableArray<byte[]>? Strings)
{
    public long ElementCount => Shape.Aggregate(1L, (product, dimension) => checked(product * dimension));
}
