using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Delivery;

/// <summary>An event as the platform posts it: a CloudEvent in binary mode.</summary>
internal static class CloudEventRequest
{
    public static HttpRequestMessage Create(StoredEvent stored, Uri target)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ReadOnlyMemoryContent(stored.Data) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Add("ce-specversion", "1.0");
        Add("ce-id", stored.Id);
        Add("ce-type", stored.Type);
        Add("ce-source", $"//storage.googleapis.com/projects/_/buckets/{stored.Bucket}");
        Add("ce-subject", $"objects/{stored.Name}");
        Add("ce-time", stored.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        Add("ce-bucket", stored.Bucket);
        return request;

        void Add(string name, string value) => request.Headers.TryAddWithoutValidation(name, EncodeHeader(value));
    }

    /// <summary>
    /// A header's value by the CloudEvents HTTP binding: UTF-8, with everything outside U+0021 to U+007E, and <c>"</c> and <c>%</c>, percent-encoded.
    /// </summary>
    public static string EncodeHeader(string value)
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
