using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>Builds nodes. The raw content of a large constant is not copied: only its place in the file is noted.</summary>
internal static class GraphNodeReader
{
    /// <summary>From this length on, in bytes, a constant's content stays in the file.</summary>
    public const int SmallestContentLeftInFile = 1024;

    private const string ConstantAttribute = "value";

    /// <exception cref="InvalidModelException">The bytes are no node.</exception>
    public static GraphNode Read(MessageFile file, ByteRange range)
    {
        var (message, entries) = file.ParseApart<NodeDef>(range, NodeDef.AttrFieldNumber);
        var attributes = new Dictionary<string, AttrValue>(StringComparer.Ordinal);
        ByteRange? content = null;
        foreach (var entry in entries)
        {
            var (name, value) = ReadEntry(file, entry);
            if (name == ConstantAttribute && TryReadLargeTensor(file, value) is { } large)
            {
                attributes[name] = large.Value;
                content = large.Content;
            }
            else
            {
                attributes[name] = file.Parse<AttrValue>(value);
            }
        }

        return new GraphNode(
            message.Name,
            message.Op,
            [.. message.Input.Where(input => !input.StartsWith('^'))],
            [.. message.Input.Where(input => input.StartsWith('^')).Select(input => input[1..])],
            attributes,
            content);
    }

    private static (string Name, ByteRange Value) ReadEntry(MessageFile file, ByteRange entry)
    {
        const int NameField = 1;
        const int ValueField = 2;
        var value = default(ByteRange);
        var reader = new WireReader(file, entry);
        while (reader.Next())
        {
            if (reader.Number == ValueField)
            {
                value = reader.Content;
            }
        }

        return (file.FindText(entry, NameField), value);
    }

    private static (AttrValue Value, ByteRange Content)? TryReadLargeTensor(MessageFile file, ByteRange value)
    {
        if (value.Length < SmallestContentLeftInFile)
        {
            return null;
        }

        var reader = new WireReader(file, value);
        if (!reader.Next() || reader.Number != AttrValue.TensorFieldNumber || !reader.IsLengthDelimited || reader.Field.End != value.End)
        {
            return null;
        }

        var (tensor, contents) = file.ParseApart<TensorProto>(reader.Content, TensorProto.TensorContentFieldNumber);
        if (contents is [var only] && only.Length >= SmallestContentLeftInFile)
        {
            return (new AttrValue { Tensor = tensor }, only);
        }

        return null;
    }
}
