using System.Text;
using System.Text.Json;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>Posts storage events as the platform does.</summary>
internal static class StorageEvents
{
    /// <param name="kind"><c>finalized</c> or <c>deleted</c>.</param>
    /// <param name="path">Of the worker's URL.</param>
    /// <param name="contentEncoding">How the object is stored; empty: as it is.</param>
    public static async Task<HttpResponseMessage> PostAsync(
        ServiceProcess service, string path, string kind, string id, string name, long generation, CancellationToken cancellationToken, string contentEncoding = "")
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
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Address, path)) { Content = new StringContent(data, Encoding.UTF8, "application/json") };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", id);
        request.Headers.Add("ce-type", $"google.cloud.storage.object.v1.{kind}");
        request.Headers.Add("ce-source", $"//storage.googleapis.com/projects/_/buckets/{StorageHost.Bucket}");
        request.Headers.Add("ce-subject", $"objects/{Uri.EscapeDataString(name)}");
        return await service.Http.SendAsync(request, cancellationToken);
    }
}
