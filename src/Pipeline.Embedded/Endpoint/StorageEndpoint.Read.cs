using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;

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
            await WriteObjectAsync(context, stored, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ListAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var prefix = request.Query.GetValueOrDefault("prefix", string.Empty);
        var query = new ListQuery(
            prefix,
            request.Query.GetValueOrDefault("delimiter", string.Empty),
            PageToken.Read(request.Query.GetValueOrDefault("pageToken")),
            (int)Math.Clamp(request.FindNumber("maxResults") ?? LargestPage, 1, LargestPage))
        {
            Names = NameRange.Of(prefix, TextOrNull(request.Query.GetValueOrDefault("startOffset")), TextOrNull(request.Query.GetValueOrDefault("endOffset"))),
            IncludesTrailing = request.Query.GetValueOrDefault("includeTrailingDelimiter") == "true",
        };
        var page = await ListPage.ReadAsync(_objects, request.Bucket, query, cancellationToken).ConfigureAwait(false);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "storage#objects");
            if (page.Last is { } last)
            {
                writer.WriteString("nextPageToken", PageToken.Write(last));
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

        await JsonResponse.WriteAsync(context.Response, buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }
}
