using Google.Protobuf;

namespace Pipeline.Models.Tests.SavedModel.Support;

/// <summary>Writes protobuf fields one by one, so that tests can write what no generated message has.</summary>
internal sealed class WireWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public WireWriter Message(int field, IMessage message) => Bytes(field, message.ToByteArray());

    public WireWriter Message(int field, WireWriter message) => Bytes(field, message.ToArray());

    public WireWriter Text(int field, string text) => Bytes(field, System.Text.Encoding.UTF8.GetBytes(text));

    public WireWriter Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Number(((ulong)field << 3) | 2);
        Number((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    public WireWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public WireWriter Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
        return this;
    }
}
