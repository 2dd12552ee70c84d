using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

internal sealed partial class StorageEndpoint
{
    /// <param name="keeps">Whether what the client does not speak of stays as it was.</param>
    private async Task UpdateAsync(HttpContext context, StorageRequest request, bool keeps, CancellationToken cancellationToken)
    {
        var json = await ObjectJson.ReadAsync(BodyRules.OpenDescription(context.Request), cancellationToken).ConfigureAwait(false);
        var stored = await _objects.UpdateAsync(
            request.Bucket,
            request.Name!,
            request.FindNumber("generation"),
            request.ReadConditions(),
            before => json.ApplyTo(keeps ? before : ObjectDescription.Empty),
            cancellationToken).ConfigureAwait(false);
        await WriteObjectAsync(context, stored, cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var json = await ObjectJson.ReadAsync(BodyRules.OpenDescription(context.Request), cancellationToken).ConfigureAwait(false);
        var source = await FindSourceAsync(
            request.Bucket, request.Name!, request.FindNumber("sourceGeneration"), request.ReadConditions("Source"), cancellationToken).ConfigureAwait(false);
        var (bucket, name) = request.Target!.Value;
        var target = new ObjectUpload(bucket, name, DescribeCopy(json, source.Description), request.ReadConditions());
        var stored = await _objects.CopyAsync(source, target, cancellationToken).ConfigureAwait(false);
        if (request.Kind == StorageRequestKind.Copy)
        {
            await WriteObjectAsync(context, stored, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await JsonResponse.WriteAsync(context.Response, RewriteAnswer(stored, BaseUrl(context)), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A copy, and then the removal of its source: whoever looks between the two sees both.</summary>
    private async Task MoveAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var source = await FindSourceAsync(
            request.Bucket, request.Name!, request.FindNumber("sourceGeneration"), request.ReadConditions("Source"), cancellationToken).ConfigureAwait(false);
        var (bucket, name) = request.Target!.Value;
        if (name == request.Name)
        {
            throw StorageRequestException.Invalid($"'{name}' cannot be moved to itself.");
        }

        var target = new ObjectUpload(bucket, name, source.Description, request.ReadConditions());
        var stored = await _objects.CopyAsync(source, target, cancellationToken).ConfigureAwait(false);
        await _objects.DeleteAsync(
            request.Bucket, request.Name!, source.Version.Generation, GenerationConditions.None, cancellationToken).ConfigureAwait(false);
        await WriteObjectAsync(context, stored, cancellationToken).ConfigureAwait(false);
    }

    private async Task ComposeAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var composition = ComposeJson.Read(await ObjectJson.ReadAsync(BodyRules.OpenDescription(context.Request), cancellationToken).ConfigureAwait(false));
        var sources = new List<StoredObject>();
        foreach (var (name, generation, conditions) in composition.Sources)
        {
            sources.Add(await FindSourceAsync(request.Bucket, name, generation, conditions, cancellationToken).ConfigureAwait(false));
        }

        // Checksums in the description are those of a source, where a client has taken it from one.
        var target = new ObjectUpload(
            request.Bucket, request.Name!, composition.Destination.ApplyTo(ObjectDescription.Empty), request.ReadConditions());
        var stored = await _objects.ComposeAsync(sources, target, cancellationToken).ConfigureAwait(false);
        await WriteObjectAsync(context, stored, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StoredObject> FindSourceAsync(
        string bucket, string name, long? generation, GenerationConditions conditions, CancellationToken cancellationToken)
    {
        var source = await _objects.FindAsync(bucket, name, cancellationToken).ConfigureAwait(false);
        if (source is null || (generation is not null && generation != source.Version.Generation))
        {
            throw StorageErrors.NoSuchObject(bucket, name);
        }

        return conditions.Check(source) is { } fault
            ? throw new StorageRequestException(StatusCodes.Status412PreconditionFailed, "conditionNotMet", fault.Message)
            : source;
    }

    /// <summary>A copy is described as its source, or all anew but for the type, which stays where none is said.</summary>
    private static ObjectDescription DescribeCopy(ObjectJson json, ObjectDescription source)
    {
        if (!json.Describes)
        {
            return source;
        }

        var description = json.ApplyTo(ObjectDescription.Empty);
        return description with { ContentType = description.ContentType ?? source.ContentType };
    }

    private static ReadOnlyMemory<byte> RewriteAnswer(StoredObject stored, string baseUrl)
    {
        var size = stored.Content.Size.ToString(CultureInfo.InvariantCulture);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "storage#rewriteResponse");
            writer.WriteString("totalBytesRewritten", size);
            writer.WriteString("objectSize", size);
            writer.WriteBoolean("done", true);
            writer.WritePropertyName("resource");
            ObjectResource.Write(writer, stored, baseUrl);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
