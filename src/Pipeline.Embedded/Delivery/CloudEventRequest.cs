using System.Net.Http.Headers;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Delivery;

/// <summary>An event of Cloud Storage as the platform posts it: a CloudEvent in binary mode.</summary>
internal static class CloudEventRequest
{
    public static HttpRequestMessage Create(StoredEvent stored, Uri target)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ReadOnlyMemoryContent(stored.Data) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        CloudEventHeaders.Add(request, "specversion", "1.0");
        CloudEventHeaders.Add(request, "id", stored.Id);
        CloudEventHeaders.Add(request, "type", stored.Type);
        CloudEventHeaders.Add(request, "source", $"//storage.googleapis.com/projects/_/buckets/{stored.Bucket}");
        CloudEventHeaders.Add(request, "subject", $"objects/{stored.Name}");
        CloudEventHeaders.Add(request, "time", CloudEventHeaders.Time(stored.Time));
        CloudEventHeaders.Add(request, "bucket", stored.Bucket);
        return request;
    }
}
