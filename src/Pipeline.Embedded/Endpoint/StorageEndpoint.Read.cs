using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Endpoint;

internal sealed partial class StorageEndpoint
{
    private const int LargestPage = 1000;

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private async Task GetAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var stored = await _objects.FindAsync(request.Bucket, request.Name!, cancellationToken).ConfigureAwait(false);
        var generation = request.FindNumber("generation");
        if (stored is null || (generation is not null && generation != stored.Version.Generation))
        {
            throw StorageErrors.NoSuchObject(request.Bucket, request.Name!);
        }

        if (request.ReadConditions().Check(stored) is { } fault)
        {
            throw new StorageRequestException(
                fault.IsNotMatch ? StatusCodes.Status304NotModified : StatusCodes.Status412PreconditionFailed, "conditionNotMet", fault.Message);
        }

        if (request.Query.GetValueOrDefault("alt") == "media")
        {
            await MediaResponse.WriteAsync(context, _objects.Objects, stored, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await WriteJsonAsync(context.Response, ObjectResource.Write(stored, BaseUrl(context)), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ListAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var page = await ListPage.ReadAsync(
            _objects,
            request.Bucket,
            request.Query.GetValueOrDefault("prefix", string.Empty),
            request.Query.GetValueOrDefault("delimiter", string.Empty),
            ReadPageToken(request),
            (int)Math.Clamp(request.FindNumber("maxResults") ?? LargestPage, 1, LargestPage),
            cancellationToken).ConfigureAwait(false);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "storage#objects");
            if (page.Last is { } last)
            {
                writer.WriteString("nextPageToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(last)));
            }

            if (page.Objects.Length > 0)
            {
                writer.WriteStartArray("items");
                foreach (var stored in page.Objects)
                {
                    ObjectResource.Write(writer, stored, BaseUrl(context));
                }

                writer.WriteEndArray();
            }

            if (page.Groups.Length > 0)
            {
                writer.WriteStartArray("prefixes");
                foreach (var group in page.Groups)
                {
                    writer.WriteStringValue(group);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        await WriteJsonAsync(context.Response, buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A page token is the last name of the page before.</summary>
    private static string? ReadPageToken(StorageRequest request)
    {
        if (string.IsNullOrEmpty(request.Query.GetValueOrDefault("pageToken")))
        {
            return null;
        }

        var bytes = new byte[ObjectNames.MaxBytes];
        return Convert.TryFromBase64String(request.Query["pageToken"], bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw StorageRequestException.Invalid("The pageToken is none of this endpoint's.");
    }
}
