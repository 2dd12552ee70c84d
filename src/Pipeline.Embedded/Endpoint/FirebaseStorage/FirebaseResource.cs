using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Endpoint.FirebaseStorage;

/// <summary>An object as Firebase's own protocol describes it: 64-bit numbers are texts, times are RFC 3339, the tokens stand beside the metadata.</summary>
internal static class FirebaseResource
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(StoredObject stored)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, stored);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A page of a list: names only.</summary>
    /// <param name="names">Of objects.</param>
    /// <param name="prefixes">Of folders, each with its final <c>/</c>.</param>
    public static byte[] Write(string bucket, IEnumerable<string> names, IEnumerable<string> prefixes, string? nextPageToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("prefixes");
            foreach (var prefix in prefixes)
            {
                writer.WriteStringValue(prefix);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("items");
            foreach (var name in names)
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteString("bucket", bucket);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            WriteOptional(writer, "nextPageToken", nextPageToken);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What a download says where nothing was set: shown in place, and saved under the last part of its name.</summary>
    public static string Disposition(StoredObject stored) =>
        stored.Description.ContentDisposition ?? $"inline; filename*=utf-8''{Uri.EscapeDataString(stored.Version.Name.Split('/')[^1])}";

    private static void Write(Utf8JsonWriter writer, StoredObject stored)
    {
        var description = stored.Description;
        writer.WriteStartObject();
        writer.WriteString("name", stored.Version.Name);
        writer.WriteString("bucket", stored.Version.Bucket);
        writer.WriteString("generation", stored.Version.Generation.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("metageneration", stored.Metageneration.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("contentType", description.ContentType ?? "application/octet-stream");
        writer.WriteString("timeCreated", ObjectResource.Time(stored.Created));
        writer.WriteString("updated", ObjectResource.Time(stored.Updated));
        writer.WriteString("storageClass", "STANDARD");
        writer.WriteString("size", stored.Content.Size.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("md5Hash", stored.Content.Md5);
        writer.WriteString("contentEncoding", description.ContentEncoding ?? "identity");
        writer.WriteString("contentDisposition", Disposition(stored));
        WriteOptional(writer, "contentLanguage", description.ContentLanguage);
        WriteOptional(writer, "cacheControl", description.CacheControl);
        writer.WriteString("crc32c", Crc32C.ToText(stored.Content.Crc32C));
        writer.WriteString("etag", ObjectResource.ETag(stored));
        writer.WriteString("downloadTokens", string.Join(',', DownloadTokens.Of(description)));
        WriteMetadata(writer, description.Metadata);
        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, CustomMetadata metadata)
    {
        var entries = metadata.Entries.Where(static entry => entry.Key != DownloadTokens.Key).ToArray();
        if (entries.Length == 0)
        {
            return;
        }

        writer.WriteStartObject("metadata");
        foreach (var (key, value) in entries)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
