using System.Text.Json;

namespace Pipeline.Embedded.Endpoint;

/// <summary>A bucket as the JSON API describes it.</summary>
internal static class BucketResource
{
    public static byte[] Write(string bucket, string baseUrl) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
    {
        ["kind"] = "storage#bucket",
        ["id"] = bucket,
        ["selfLink"] = $"{baseUrl}/storage/v1/b/{bucket}",
        ["name"] = bucket,
        ["storageClass"] = "STANDARD",
        ["location"] = "LOCAL",
    });
}
