using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page;

/// <summary>JSON as the page's API sends it. The default encoder is kept: it escapes what HTML could take for markup.</summary>
internal static class PageJson
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static ReadOnlyMemory<byte> Render(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }

    public static async Task SendAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var body = Render(write);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    public static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, time?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));

    /// <summary>A document's value as plain JSON: integers as text (they may be larger than a browser's), times in ISO 8601, bytes in base64.</summary>
    public static void WriteValue(Utf8JsonWriter json, DocumentValue value)
    {
        switch (value)
        {
            case DocumentValue.BooleanValue boolean:
                json.WriteBooleanValue(boolean.Value);
                break;
            case DocumentValue.IntegerValue integer:
                json.WriteStringValue(integer.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case DocumentValue.DoubleValue { Value: var number } when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case DocumentValue.TimestampValue time:
                json.WriteStringValue(time.Value.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
                break;
            case DocumentValue.StringValue text:
                json.WriteStringValue(text.Value);
                break;
            case DocumentValue.BytesValue bytes:
                json.WriteBase64StringValue(bytes.Value.AsSpan());
                break;
            case DocumentValue.ArrayValue array:
                json.WriteStartArray();
                foreach (var element in array.Values)
                {
                    WriteValue(json, element);
                }

                json.WriteEndArray();
                break;
            case DocumentValue.MapValue map:
                json.WriteStartObject();
                foreach (var (name, member) in map.Fields)
                {
                    json.WritePropertyName(name);
                    WriteValue(json, member);
                }

                json.WriteEndObject();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
