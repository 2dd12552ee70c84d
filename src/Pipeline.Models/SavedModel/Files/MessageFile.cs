using System.Text;
using Google.Protobuf;

namespace Pipeline.Models.SavedModel.Files;

/// <summary>A protobuf file in memory, from which messages are built on demand.</summary>
internal sealed class MessageFile
{
    private readonly long _largestMessageBytes;
    private long _messageBytes;

    private MessageFile(ModelFile source, byte[] bytes, long largestMessageBytes)
    {
        Source = source;
        Bytes = bytes;
        _largestMessageBytes = largestMessageBytes;
    }

    /// <summary>The file itself, for what is read later.</summary>
    public ModelFile Source { get; }

    public string Path => Source.Path;

    public byte[] Bytes { get; }

    /// <param name="largestMessageBytes">How much of the file may be built into messages, which take many times the memory.</param>
    /// <exception cref="InvalidModelException">The file is missing, or longer than <paramref name="largestLength"/> bytes.</exception>
    public static MessageFile Read(string path, long largestLength, long largestMessageBytes)
    {
        var source = ModelFile.Open(path);
        return new MessageFile(source, source.ReadAll(largestLength), largestMessageBytes);
    }

    public ByteRange Whole => new(0, Bytes.Length);

    /// <summary>
    /// The text in the first field of number <paramref name="field"/> of the message in <paramref name="message"/>, or empty where it has none.
    /// </summary>
    public string FindText(ByteRange message, int field)
    {
        var reader = new WireReader(this, message);
        while (reader.Next())
        {
            if (reader.Number == field && reader.IsLengthDelimited)
            {
                return Text(reader.Content);
            }
        }

        return string.Empty;
    }

    /// <summary>The UTF-8 text in <paramref name="range"/>.</summary>
    public string Text(ByteRange range) => Encoding.UTF8.GetString(Bytes, range.Start, range.Length);

    /// <summary>Builds the message in <paramref name="range"/>.</summary>
    /// <exception cref="InvalidModelException">The bytes are no such message, or it nests too deeply.</exception>
    public T Parse<T>(ByteRange range)
        where T : IMessage<T>, new()
    {
        var message = new T();
        Merge(message, range);
        return message;
    }

    /// <summary>
    /// Builds the message in <paramref name="range"/> but for its fields <paramref name="apart"/>, whose contents are returned in order, and
    /// <paramref name="dropped"/>.
    /// </summary>
    /// <param name="dropped">A field's number; 0 where no other is left out.</param>
    public (T Message, List<ByteRange> Apart) ParseApart<T>(ByteRange range, int apart, int dropped = 0)
        where T : IMessage<T>, new()
    {
        var message = new T();
        var contents = new List<ByteRange>();
        var reader = new WireReader(this, range);
        var pending = range.Start;
        while (reader.Next())
        {
            if ((reader.Number == apart || reader.Number == dropped) && reader.IsLengthDelimited)
            {
                Merge(message, new ByteRange(pending, reader.Field.Start - pending));
                pending = reader.Field.End;
                if (reader.Number == apart)
                {
                    contents.Add(reader.Content);
                }
            }
        }

        Merge(message, new ByteRange(pending, range.End - pending));
        return (message, contents);
    }

    private void Merge<T>(T message, ByteRange range)
        where T : IMessage<T>
    {
        if (range.Length == 0)
        {
            return;
        }

        _messageBytes += range.Length;
        if (_messageBytes > _largestMessageBytes)
        {
            throw new InvalidModelException(Path, "graph", $"at most {_largestMessageBytes} bytes of nodes, without the content of large constants", "more");
        }

        try
        {
            message.MergeFrom(Bytes.AsSpan(range.Start, range.Length));
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidModelException(
                Path, $"bytes {range.Start} to {range.End}", $"a {typeof(T).Name} message", $"something else ({error.Message})", error);
        }
    }
}
