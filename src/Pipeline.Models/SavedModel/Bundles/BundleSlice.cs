using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;

namespace Pipeline.Models.SavedModel.Bundles;

/// <summary>A rectangular part of a tensor: one start and one length for each dimension.</summary>
internal sealed class BundleSlice
{
    private const long FullExtent = -1;

    private readonly ImmutableArray<bool> _isFull;

    private BundleSlice(ImmutableArray<long> starts, ImmutableArray<long> lengths, ImmutableArray<bool> isFull)
    {
        Starts = starts;
        Lengths = lengths;
        _isFull = isFull;
    }

    public ImmutableArray<long> Starts { get; }

    public ImmutableArray<long> Lengths { get; }

    /// <summary>All of a tensor of shape <paramref name="shape"/>.</summary>
    public static BundleSlice Whole(ReadOnlySpan<long> shape)
    {
        var isFull = new bool[shape.Length];
        Array.Fill(isFull, true);
        return new BundleSlice([.. new long[shape.Length]], [.. shape], [.. isFull]);
    }

    /// <summary>A part of a tensor of shape <paramref name="shape"/>; an extent without a length is the whole dimension.</summary>
    /// <returns>Null where an extent is not inside the shape, or there are more or fewer extents than dimensions.</returns>
    public static BundleSlice? TryCreate(ReadOnlySpan<long> shape, IReadOnlyList<(long Start, long? Length)> extents)
    {
        if (extents.Count != shape.Length)
        {
            return null;
        }

        var slice = new BundleSlice(
            [.. extents.Select(extent => extent.Length is null ? 0 : extent.Start)],
            [.. extents.Zip(shape.ToArray(), (extent, size) => extent.Length ?? size)],
            [.. extents.Select(extent => extent.Length is null)]);
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (slice.Starts[axis] < 0 || slice.Lengths[axis] < 0 || slice.Starts[axis] > shape[axis] - slice.Lengths[axis])
            {
                return null;
            }
        }

        return slice;
    }

    public bool Covers(BundleSlice other) =>
        Starts.SequenceEqual(other.Starts) && Lengths.SequenceEqual(other.Lengths);

    /// <summary>Whether <paramref name="slices"/> hold every element of <paramref name="part"/>, and none twice.</summary>
    public static bool Tile(BundleSlice part, IReadOnlyList<BundleSlice> slices)
    {
        var held = 0L;
        for (var index = 0; index < slices.Count; index++)
        {
            held += part.CountShared(slices[index]);
            for (var other = 0; other < index; other++)
            {
                if (slices[index].CountShared(slices[other]) > 0)
                {
                    return false;
                }
            }
        }

        return held == part.CountShared(part);
    }

    /// <summary>How many elements lie in both.</summary>
    private long CountShared(BundleSlice other)
    {
        var count = 1L;
        for (var axis = 0; axis < Starts.Length; axis++)
        {
            var start = Math.Max(Starts[axis], other.Starts[axis]);
            var end = Math.Min(Starts[axis] + Lengths[axis], other.Starts[axis] + other.Lengths[axis]);
            count *= Math.Max(0, end - start);
        }

        return count;
    }

    /// <summary>
    /// The key under which a checkpoint stores this part of the tensor <paramref name="name"/>: numbers and strings in their order-preserving codes.
    /// </summary>
    public byte[] Key(string name)
    {
        var key = new List<byte>();
        AppendNumber(key, 0);
        AppendString(key, Encoding.UTF8.GetBytes(name));
        AppendNumber(key, (ulong)Starts.Length);
        for (var axis = 0; axis < Starts.Length; axis++)
        {
            AppendSigned(key, Starts[axis]);
            AppendSigned(key, _isFull[axis] ? FullExtent : Lengths[axis]);
        }

        return [.. key];
    }

    /// <summary>Significant bytes, most significant first, after their count.</summary>
    private static void AppendNumber(List<byte> key, ulong value)
    {
        var length = (71 - BitOperations.LeadingZeroCount(value)) / 8;
        key.Add((byte)length);
        for (var index = length - 1; index >= 0; index--)
        {
            key.Add((byte)(value >> (8 * index)));
        }
    }

    /// <summary>0 becomes 0 255, 255 becomes 255 0; 0 1 ends the string.</summary>
    private static void AppendString(List<byte> key, byte[] text)
    {
        foreach (var value in text)
        {
            key.Add(value);
            if (value is 0 or 255)
            {
                key.Add((byte)~value);
            }
        }

        key.AddRange([0, 1]);
    }

    /// <summary>Two's complement, most significant byte first, in n bytes of 7n-1 bits; the leading bits say n and the sign.</summary>
    private static void AppendSigned(List<byte> key, long value)
    {
        var magnitude = (ulong)(value < 0 ? ~value : value);
        var bits = 64 - BitOperations.LeadingZeroCount(magnitude);
        var length = (bits / 7) + 1;
        Span<byte> bytes = stackalloc byte[10];
        bytes.Fill(value < 0 ? (byte)255 : (byte)0);
        BinaryPrimitives.WriteInt64BigEndian(bytes[2..], value);
        var code = bytes[^length..];
        var header = (ushort)(0xFFFF << (16 - length));
        code[0] ^= (byte)(header >> 8);
        if (length > 1)
        {
            code[1] ^= (byte)header;
        }

        key.AddRange(code);
    }
}
