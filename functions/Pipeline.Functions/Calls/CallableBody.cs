using System.Buffers.Text;
using System.Text.Json;
using Pipeline.Hosting.Requests;

namespace Pipeline.Functions.Calls;

/// <summary>
/// The body of a callable: <c>{"data": …}</c> and nothing else. The data is the picture in base64, or
/// <c>{"image": "…", "model": "name"}</c>; a data URL is understood, and both alphabets of base64.
/// </summary>
internal static class CallableBody
{
    private const string ImageName = "image";
    private const string ModelName = "model";

    /// <exception cref="CallException">The body is not of this form.</exception>
    public static CallRequest Read(ReadOnlySpan<byte> body)
    {
        JsonElement json;
        try
        {
            json = StrictJson.Parse(body);
        }
        catch (InvalidJsonException exception)
        {
            throw new CallException(CallError.InvalidArgument(exception.Message), exception);
        }

        var data = OnlyMember(json);
        if (data.ValueKind == JsonValueKind.String)
        {
            return new CallRequest(ReadImage(data), null, IsCallable: true);
        }

        if (data.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("'data' must be the picture in base64, or an object with 'image'.");
        }

        ReadOnlyMemory<byte>? image = null;
        string? model = null;
        foreach (var member in data.EnumerateObject())
        {
            switch (member.Name)
            {
                case ImageName:
                    image = ReadImage(member.Value);
                    break;
                case ModelName when member.Value.ValueKind is JsonValueKind.Null:
                    break;
                case ModelName when member.Value.ValueKind is JsonValueKind.String && member.Value.GetString() is { Length: > 0 } name:
                    model = name;
                    break;
                case ModelName:
                    throw Invalid("'data.model' must be a model's name.");
                default:
                    throw Invalid("'data' may have 'image' and 'model' only.");
            }
        }

        return new CallRequest(image ?? throw Invalid("'data.image' is missing: the picture in base64."), model, IsCallable: true);
    }

    private static JsonElement OnlyMember(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("data", out var data))
        {
            throw Invalid("The body must be an object with 'data'.");
        }

        return json.GetPropertyCount() == 1 ? data : throw Invalid("The body may have 'data' only.");
    }

    private static byte[] ReadImage(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw Invalid("The picture must be a text in base64.");
        }

        var text = element.GetString()!;
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            var comma = text.IndexOf(',', StringComparison.Ordinal);
            text = comma > 0 && text.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
                ? text[(comma + 1)..]
                : throw Invalid("The picture's data URL must be in base64.");
        }

        try
        {
            return text.AsSpan().ContainsAny('-', '_') ? Base64Url.DecodeFromChars(text) : Convert.FromBase64String(Padded(text));
        }
        catch (FormatException exception)
        {
            throw new CallException(CallError.InvalidArgument("The picture is not base64."), exception);
        }
    }

    private static string Padded(string text) => (text.Length % 4) switch
    {
        2 => text + "==",
        3 => text + "=",
        _ => text,
    };

    private static CallException Invalid(string message) => new(CallError.InvalidArgument(message));
}
