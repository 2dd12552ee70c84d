using System.Text;
using System.Text.Json;

namespace Pipeline.Testing.Uploads;

/// <summary>Storage events as the platform posts them: binary CloudEvents about objects of <see cref="StorageHost"/>.</summary>
public static class StorageEventRequest
{
    /// <param name="door">Where the worker takes events.</param>
    /// <param name="kind"><c>finalized</c> or <c>deleted</c>.</param>
    /// <param name="contentEncoding">How the object is stored; empty: as it is.</param>
    public static HttpRequestMessage Create(Uri door, string kind, string id, string name, long generation, string contentEncoding = "")
    {
        var data = JsonSerializer.Serialize(new
        {
            kind = "storage#object",
            bucket = StorageHost.Bucket,
            name,
            generation = $"{generation}",
            metageneration = "1",
            contentType = "image/jpeg",
            contentEncoding,
        });
        var request = new HttpRequestMessage(HttpMethod.Post, door) { Content = new StringContent(data, Encoding.UTF8, "application/json") };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", id);
        request.Headers.Add("ce-type", $"google.cloud.storage.object.v1.{kind}");
        request.Headers.Add("ce-source", $"//storage.googleapis.com/projects/_/buckets/{StorageHost.Bucket}");
        request.Headers.Add("ce-subject", $"objects/{Uri.EscapeDataString(name)}");
        return request;
    }
}
