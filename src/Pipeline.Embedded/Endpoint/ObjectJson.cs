using System.Text.Json;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Multipart;

namespace Pipeline.Embedded.Endpoint;

/// <summary>What a client says of an object in JSON. Members that are none of the client's to say are passed over.</summary>
internal sealed class ObjectJson
{
    private const int Md5Bytes = 16;

    private static readonly string[] Said = ["contentType", "contentEncoding", "cacheControl", "contentDisposition", "contentLanguage", "metadata"];

    private readonly JsonElement _root;

    private ObjectJson(JsonElement root)
    {
        _root = root;
    }

    /// <summary>Says nothing.</summary>
    public static ObjectJson Empty { get; } = Parse(default);

    /// <summary>Whether anything is said that belongs to an object's description.</summary>
    public bool Describes => Said.Any(member => _root.TryGetProperty(member, out _));

    /// <summary>The object's name, or null.</summary>
    public string? Name => Text("name");

    /// <summary>The checksum that the bytes must have, or null.</summary>
    /// <exception cref="StorageRequestException">It is none.</exception>
    public uint? Crc32C => Text("crc32c") is { } text
        ? Pipeline.Worker.Uploads.Crc32C.FromText(text) ?? throw StorageRequestException.Invalid($"crc32c is '{text}'; it must be base64 of 4 bytes.")
        : null;

    /// <summary>The same, base64.</summary>
    /// <exception cref="StorageRequestException">It is none.</exception>
    public string? Md5
    {
        get
        {
            var bytes = new byte[Md5Bytes];
            return Text("md5Hash") is not { } text ? null
                : Convert.TryFromBase64String(text, bytes, out var length) && length == Md5Bytes ? Convert.ToBase64String(bytes)
                : throw StorageRequestException.Invalid($"md5Hash is '{text}'; it must be base64 of {Md5Bytes} bytes.");
        }
    }

    /// <summary>Reads a request's body.</summary>
    /// <exception cref="StorageRequestException">It is too long, or no JSON object.</exception>
    public static async Task<ObjectJson> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[MultipartRelated.MaxDescriptionBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return length < buffer.Length
            ? Parse(buffer.AsMemory(0, length))
            : throw new StorageRequestException(413, "uploadTooLarge", $"The description has more than {MultipartRelated.MaxDescriptionBytes} bytes.");
    }

    /// <param name="json">UTF-8; nothing at all stands for an empty object.</param>
    /// <exception cref="StorageRequestException">It is no JSON object.</exception>
    public static ObjectJson Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Span.Trim(" \r\n\t"u8).IsEmpty)
        {
            json = "{}"u8.ToArray();
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ObjectJson(document.RootElement.Clone())
                : throw StorageRequestException.Invalid($"The description is a JSON {document.RootElement.ValueKind}; it must be an object.");
        }
        catch (JsonException exception)
        {
            throw new StorageRequestException(400, "parseError", $"The description is no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>A text, or null where it is not there.</summary>
    /// <exception cref="StorageRequestException">It is something else.</exception>
    public string? Text(string member) => _root.TryGetProperty(member, out var value) ? Text(member, value) : null;

    /// <summary>A number, or a text that may stand for one, or null where it is not there.</summary>
    /// <exception cref="StorageRequestException">It is something else.</exception>
    public string? NumberOrText(string member) =>
        _root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(member);

    /// <summary>An object, empty where it is not there.</summary>
    /// <exception cref="StorageRequestException">It is something else.</exception>
    public ObjectJson Object(string member) =>
        !_root.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null ? Empty
        : value.ValueKind == JsonValueKind.Object ? new ObjectJson(value)
        : throw StorageRequestException.Invalid($"{member} is a JSON {value.ValueKind}; it must be an object.");

    /// <summary>An array of objects, empty where it is not there.</summary>
    /// <exception cref="StorageRequestException">It is something else.</exception>
    public ObjectJson[] Array(string member)
    {
        if (!_root.TryGetProperty(member, out var value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.Object)
            ? [.. value.EnumerateArray().Select(static item => new ObjectJson(item))]
            : throw StorageRequestException.Invalid($"{member} must be an array of objects.");
    }

    /// <summary>The description with what is said here in place of what was said before; null takes away.</summary>
    /// <exception cref="StorageRequestException">Something is of the wrong type.</exception>
    public ObjectDescription ApplyTo(ObjectDescription before) => new(
        TextOr("contentType", before.ContentType),
        TextOr("contentEncoding", before.ContentEncoding),
        TextOr("cacheControl", before.CacheControl),
        TextOr("contentDisposition", before.ContentDisposition),
        TextOr("contentLanguage", before.ContentLanguage))
    {
        Metadata = ApplyTo(before.Metadata),
    };

    private CustomMetadata ApplyTo(CustomMetadata before)
    {
        if (!_root.TryGetProperty("metadata", out var metadata))
        {
            return before;
        }

        return metadata.ValueKind switch
        {
            JsonValueKind.Null => CustomMetadata.Empty,
            JsonValueKind.Object => before.Merge(Guard(() => metadata.EnumerateObject()
                .Select(static entry => KeyValuePair.Create(entry.Name, MetadataText(entry))).ToArray())),
            _ => throw StorageRequestException.Invalid($"metadata is a JSON {metadata.ValueKind}; it must be an object of texts."),
        };
    }

    private string? TextOr(string member, string? otherwise)
    {
        if (!_root.TryGetProperty(member, out var value))
        {
            return otherwise;
        }

        return Text(member, value) is { Length: > 0 } text ? text : null;
    }

    private static string? Text(string member, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Guard(value.GetString),
        _ => throw StorageRequestException.Invalid($"{member} is a JSON {value.ValueKind}; it must be a text."),
    };

    /// <summary>Numbers and truth values count as the text that stands for them.</summary>
    private static string? MetadataText(JsonProperty entry) => entry.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => entry.Value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => entry.Value.GetRawText(),
        _ => throw StorageRequestException.Invalid($"metadata.{entry.Name} is a JSON {entry.Value.ValueKind}; it must be a text."),
    };

    /// <summary>JSON may hold escapes that are no Unicode; they show only when a text is read.</summary>
    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException exception)
        {
            throw new StorageRequestException(400, "parseError", "The description holds a text that is no valid Unicode.", exception);
        }
    }
}
