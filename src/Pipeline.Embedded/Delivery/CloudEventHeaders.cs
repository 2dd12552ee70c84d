using System.Globalization;
using System.Text;

namespace Pipeline.Embedded.Delivery;

/// <summary>The attributes of a CloudEvent in binary mode.</summary>
public static class CloudEventHeaders
{
    /// <summary>
    /// Adds one as its header, by the CloudEvents HTTP binding: UTF-8, with everything outside U+0021 to U+007E, and <c>"</c> and <c>%</c>, percent-encoded.
    /// </summary>
    public static void Add(HttpRequestMessage request, string attribute, string value)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Headers.TryAddWithoutValidation($"ce-{attribute}", Encode(value));
    }

    /// <summary>When something happened, as the attribute <c>time</c> says it.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    internal static string Encode(string value)
    {
        var encoded = new StringBuilder(value.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(value))
        {
            if (unit is > 0x20 and < 0x7F and not (byte)'"' and not (byte)'%')
            {
                encoded.Append((char)unit);
            }
            else
            {
                encoded.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }
}
