using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Pipeline.Benchmarks.Stores;

/// <summary>What Cloud Storage tells of a new object.</summary>
internal sealed record UploadEvent(string Id, string Name, long Generation)
{
    /// <summary>A CloudEvent in binary mode; a new request with each call.</summary>
    public HttpRequestMessage CreateRequest(Uri worker)
    {
        var data = JsonSerializer.Serialize(new
        {
            kind = "storage#object",
            bucket = ObjectHost.Bucket,
            name = Name,
            generation = Generation.ToString(CultureInfo.InvariantCulture),
            metageneration = "1",
            contentType = "image/jpeg",
        });
        var request = new HttpRequestMessage(HttpMethod.Post, worker) { Content = new StringContent(data, Encoding.UTF8, "application/json") };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", Id);
        request.Headers.Add("ce-type", "google.cloud.storage.object.v1.finalized");
        request.Headers.Add("ce-source", $"//storage.googleapis.com/projects/_/buckets/{ObjectHost.Bucket}");
        request.Headers.Add("ce-subject", $"objects/{Name}");
        return request;
    }
}
