using System.Buffers.Binary;
using System.Text;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.SqliteDocuments;

/// <summary>
/// Values as bytes whose order, compared byte by byte, is that of <see cref="DocumentValueComparer"/>; equal values have equal keys. No key is the
/// beginning of another, so keys can be joined.
/// </summary>
internal static class OrderKey
{
    private const byte End = 0x00;
    private const byte Element = 0x01;

    /// <summary>Appends a value's key.</summary>
    public static void Append(List<byte> key, DocumentValue value)
    {
        key.Add(Rank(value));
        switch (value)
        {
            case DocumentValue.NullValue:
                break;
            case DocumentValue.BooleanValue boolean:
                key.Add(boolean.Value ? (byte)1 : (byte)0);
                break;
            case DocumentValue.IntegerValue integer:
                AppendInteger(key, integer.Value);
                break;
            case DocumentValue.DoubleValue number:
                AppendNumber(key, number.Value, difference: 0);
                break;
            case DocumentValue.TimestampValue time:
                AppendBits(key, (ulong)time.Value.UtcTicks);
                break;
            case DocumentValue.StringValue text:
                AppendBytes(key, Encoding.UTF8.GetBytes(text.Value));
                break;
            case DocumentValue.BytesValue bytes:
                AppendBytes(key, bytes.Value.AsSpan());
                break;
            case DocumentValue.ReferenceValue reference:
                foreach (var segment in reference.Name.Split('/'))
                {
                    key.Add(Element);
                    AppendBytes(key, Encoding.UTF8.GetBytes(segment));
                }

                key.Add(End);
                break;
            case DocumentValue.GeoPointValue point:
                AppendNumber(key, point.Latitude, difference: 0);
                AppendNumber(key, point.Longitude, difference: 0);
                break;
            case DocumentValue.ArrayValue array:
                foreach (var element in array.Values)
                {
                    key.Add(Element);
                    Append(key, element);
                }

                key.Add(End);
                break;
            case DocumentValue.MapValue map:
                foreach (var (name, inner) in map.Fields.OrderBy(static field => field.Key, TextOrder))
                {
                    key.Add(Element);
                    AppendBytes(key, Encoding.UTF8.GetBytes(name));
                    Append(key, inner);
                }

                key.Add(End);
                break;
        }
    }

    /// <summary>The first byte of every key of a value's type; those of other types begin with other bytes.</summary>
    public static byte Rank(DocumentValue value) => value switch
    {
        DocumentValue.NullValue => 0x10,
        DocumentValue.BooleanValue => 0x20,
        DocumentValue.IntegerValue or DocumentValue.DoubleValue => 0x30,
        DocumentValue.TimestampValue => 0x40,
        DocumentValue.StringValue => 0x50,
        DocumentValue.BytesValue => 0x60,
        DocumentValue.ReferenceValue => 0x64,
        DocumentValue.GeoPointValue => 0x68,
        DocumentValue.ArrayValue => 0x70,
        DocumentValue.MapValue => 0x80,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "This type of value is not known."),
    };

    private static readonly Comparer<string> TextOrder = Comparer<string>.Create(DocumentValueComparer.CompareText);

    /// <summary>The nearest double, then how far the integer lies from it (at most 512): rounding keeps the order, the difference decides ties.</summary>
    private static void AppendInteger(List<byte> key, long value)
    {
        var nearest = (double)value;
        AppendNumber(key, nearest, (int)((Int128)value - (Int128)nearest));
    }

    private static void AppendNumber(List<byte> key, double value, int difference)
    {
        if (double.IsNaN(value))
        {
            AppendBits(key, 0);
        }
        else
        {
            // IEEE 754 bits order like integers once negative numbers are inverted and positive ones moved above them. Adding 0.0 turns -0.0 into 0.0.
            var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
            AppendBits(key, (bits >> 63) == 1 ? ~bits : bits | (1UL << 63));
        }

        AppendBits(key, (ushort)(difference + 0x8000));
    }

    private static void AppendBits(List<byte> key, ulong bits)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, bits);
        key.AddRange(bytes);
    }

    private static void AppendBits(List<byte> key, ushort bits)
    {
        key.Add((byte)(bits >> 8));
        key.Add((byte)bits);
    }

    /// <summary>A zero byte is followed by 0xFF, the end is zero and one: so a text comes before every text that it begins.</summary>
    private static void AppendBytes(List<byte> key, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            key.Add(value);
            if (value == 0)
            {
                key.Add(0xFF);
            }
        }

        key.Add(0);
        key.Add(1);
    }
}
