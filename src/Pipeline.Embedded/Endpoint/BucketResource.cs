using System.Text.Json;

namespace Pipeline.Embedded.Endpoint;

/// <summary>Buckets as the JSON API describes them.</summary>
internal static class BucketResource
{
    public static byte[] Write(string bucket, string baseUrl) => JsonSerializer.SerializeToUtf8Bytes(Describe(bucket, baseUrl));

    public static byte[] WriteList(IEnumerable<string> buckets, string baseUrl) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["kind"] = "storage#buckets",
        ["items"] = buckets.Order(StringComparer.Ordinal).Select(bucket => Describe(bucket, baseUrl)),
    });

    /// <summary>That folders are no more than what names begin with.</summary>
    public static byte[] WriteLayout(string bucket) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["kind"] = "storage#storageLayout",
        ["bucket"] = bucket,
        ["location"] = "LOCAL",
        ["locationType"] = "region",
        ["hierarchicalNamespace"] = new Dictionary<string, bool> { ["enabled"] = false },
    });

    private static Dictionary<string, string> Describe(string bucket, string baseUrl) => new()
    {
        ["kind"] = "storage#bucket",
        ["id"] = bucket,
        ["selfLink"] = $"{baseUrl}/storage/v1/b/{bucket}",
        ["name"] = bucket,
        ["metageneration"] = "1",
        ["etag"] = "CAE=",
        ["storageClass"] = "STANDARD",
        ["location"] = "LOCAL",
        ["locationType"] = "region",
    };
}
