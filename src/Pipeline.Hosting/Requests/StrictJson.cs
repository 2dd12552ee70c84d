using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Pipeline.Hosting.Requests;

/// <summary>
/// JSON from callers: RFC 8259 without a byte order mark, valid UTF-8, no unpaired surrogates, no duplicate keys, numbers that a double can hold,
/// and at most <see cref="MaxDepth"/> levels.
/// </summary>
public static class StrictJson
{
    /// <summary>Levels of arrays and objects.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads one JSON value.</summary>
    /// <exception cref="InvalidJsonException">Anything else.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            throw new InvalidJsonException("The JSON starts with a byte order mark.");
        }

        if (!Utf8.IsValid(utf8))
        {
            throw new InvalidJsonException("The JSON is not valid UTF-8.");
        }

        try
        {
            CheckTokens(utf8);
            return JsonElement.Parse(utf8, Options);
        }
        catch (JsonException exception)
        {
            throw new InvalidJsonException($"The JSON is malformed: {exception.Message}", exception);
        }
    }

    private static void CheckTokens(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Number when !reader.TryGetDouble(out var number) || !double.IsFinite(number):
                    throw new InvalidJsonException($"The number at byte {reader.TokenStartIndex} is too large.");
                case JsonTokenType.String or JsonTokenType.PropertyName when reader.ValueIsEscaped && !IsWellFormed(ref reader):
                    throw new InvalidJsonException($"The text at byte {reader.TokenStartIndex} has an unpaired surrogate.");
                default:
                    break;
            }
        }
    }

    private static bool IsWellFormed(ref Utf8JsonReader reader)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            reader.CopyString(buffer);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
