using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>An object as Cloud Storage's JSON API and its events describe it: 64-bit numbers are strings, times are RFC 3339.</summary>
internal static class ObjectResource
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="baseUrl">What the links begin with, without a final slash.</param>
    /// <param name="deleted">When the object was deleted, or null.</param>
    public static byte[] Write(StoredObject stored, string baseUrl, DateTimeOffset? deleted = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, stored, baseUrl, deleted);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void Write(Utf8JsonWriter writer, StoredObject stored, string baseUrl, DateTimeOffset? deleted = null)
    {
        var (bucket, name, generation) = stored.Version;
        var number = generation.ToString(CultureInfo.InvariantCulture);
        var escapedName = Uri.EscapeDataString(name);
        writer.WriteStartObject();
        writer.WriteString("kind", "storage#object");
        writer.WriteString("id", $"{bucket}/{name}/{number}");
        writer.WriteString("selfLink", $"{baseUrl}/storage/v1/b/{bucket}/o/{escapedName}");
        writer.WriteString("mediaLink", $"{baseUrl}/download/storage/v1/b/{bucket}/o/{escapedName}?generation={number}&alt=media");
        writer.WriteString("name", name);
        writer.WriteString("bucket", bucket);
        writer.WriteString("generation", number);
        writer.WriteString("metageneration", stored.Metageneration.ToString(CultureInfo.InvariantCulture));
        WriteOptional(writer, "contentType", stored.Description.ContentType);
        WriteOptional(writer, "contentEncoding", stored.Description.ContentEncoding);
        WriteOptional(writer, "contentDisposition", stored.Description.ContentDisposition);
        WriteOptional(writer, "contentLanguage", stored.Description.ContentLanguage);
        WriteOptional(writer, "cacheControl", stored.Description.CacheControl);
        WriteMetadata(writer, stored.Description.Metadata);
        writer.WriteString("storageClass", "STANDARD");
        writer.WriteString("size", stored.Content.Size.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("md5Hash", stored.Content.Md5);
        writer.WriteString("crc32c", Crc32C.ToText(stored.Content.Crc32C));
        writer.WriteString("etag", ETag(stored));
        writer.WriteString("timeCreated", Time(stored.Created));
        writer.WriteString("updated", Time(stored.Updated));
        writer.WriteString("timeStorageClassUpdated", Time(stored.Created));
        WriteOptional(writer, "timeDeleted", deleted is { } time ? Time(time) : null);
        writer.WriteEndObject();
    }

    /// <summary>Changes with every change of the object.</summary>
    public static string ETag(StoredObject stored) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{stored.Version.Generation}/{stored.Metageneration}")));

    private static void WriteMetadata(Utf8JsonWriter writer, CustomMetadata metadata)
    {
        if (metadata.Entries.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("metadata");
        foreach (var (key, value) in metadata.Entries)
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

    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
