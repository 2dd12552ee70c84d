using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.Tests.Support;

/// <summary>One bucket in memory that answers as Cloud Storage's JSON API does, so far as it is read: metadata, media, preconditions, errors.</summary>
internal sealed class ScriptedBucket
{
    public const string Name = "photos";

    private readonly ConcurrentDictionary<string, Stored> _objects = new();
    private long _generation = 1_700_000_000_000_000;

    public long Put(string name, byte[] content, string contentType = "image/jpeg", string? contentEncoding = null)
    {
        var generation = Interlocked.Increment(ref _generation);
        _objects[name] = new Stored(generation, content, contentType, contentEncoding, TimeProvider.System.GetUtcNow());
        return generation;
    }

    public void Delete(string name) => _objects.TryRemove(name, out _);

    /// <summary>A step of <see cref="ScriptedServer"/>.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        // The decoded path would not tell a/b from a%2Fb.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var isMedia = context.Request.Query["alt"] == "media";
        var segments = target.Split('/').Select(Uri.UnescapeDataString).ToArray();
        if (segments is ["", "storage", "v1", "b", Name, "o"])
        {
            await ListAsync(context);
        }
        else if (segments is not ["", "storage", "v1", "b", var bucket, "o", var name])
        {
            await RefuseAsync(context, 404, "notFound", "Not Found", isMedia: true);
        }
        else if (bucket != Name)
        {
            await RefuseAsync(context, 404, "notFound", "The specified bucket does not exist.", isMedia);
        }
        else if (!_objects.TryGetValue(name, out var stored))
        {
            await RefuseAsync(context, 404, "notFound", $"No such object: {bucket}/{name}", isMedia);
        }
        else if (context.Request.Query["ifGenerationMatch"].ToString() is { Length: > 0 } match && match != Text(stored.Generation))
        {
            await RefuseAsync(context, 412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.", isMedia);
        }
        else
        {
            await (isMedia ? MediaAsync(context, stored) : ScriptedServer.Answer(Resource(name, stored))(context));
        }
    }

    public static Task RefuseAsync(HttpContext context, int status, string reason, string message, bool isMedia)
    {
        var text = JsonSerializer.Serialize(message);
        return ScriptedServer.Answer(
            isMedia ? message : $$$"""{"error":{"code":{{{status}}},"message":{{{text}}},"errors":[{"message":{{{text}}},"domain":"global","reason":"{{{reason}}}"}]}}""", status)(context);
    }

    public static string Hash(byte[] content)
    {
        var crc = default(Crc32C);
        crc.Append(content);
        return Crc32C.ToText(crc.Value);
    }

    /// <summary>Two objects a page.</summary>
    private async Task ListAsync(HttpContext context)
    {
        var (prefix, token) = (context.Request.Query["prefix"].ToString(), context.Request.Query["pageToken"].ToString());
        var names = _objects.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(name, token) > 0).Order(StringComparer.Ordinal).ToArray();
        var items = string.Join(',', names.Take(2).Select(name => Resource(name, _objects[name])));
        var next = names.Length > 2 ? JsonSerializer.Serialize(names[1]) : "null";
        await ScriptedServer.Answer($$"""{"kind":"storage#objects","nextPageToken":{{next}},"items":[{{items}}]}""")(context);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Resource(string name, Stored stored) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["kind"] = "storage#object",
        ["id"] = $"{Name}/{name}/{stored.Generation}",
        ["name"] = name,
        ["bucket"] = Name,
        ["generation"] = Text(stored.Generation),
        ["metageneration"] = "1",
        ["size"] = Text(stored.Content.Length),
        ["contentType"] = stored.ContentType,
        ["contentEncoding"] = stored.ContentEncoding,
        ["crc32c"] = Hash(stored.Content),
        ["etag"] = "CJ==",
        ["timeCreated"] = stored.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["updated"] = stored.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["storageClass"] = "STANDARD",
        ["metadata"] = new Dictionary<string, string> { ["own"] = "value" },
    });

    /// <summary>What is stored as gzip is inflated on the way, but for clients that take gzip; the hash is that of the stored bytes all the same.</summary>
    private static async Task MediaAsync(HttpContext context, Stored stored)
    {
        var headers = context.Response.Headers;
        headers["x-goog-hash"] = new[] { $"crc32c={Hash(stored.Content)}", "md5=1B2M2Y8AsgTpgAmY7PhCfg==" };
        headers["x-goog-generation"] = Text(stored.Generation);
        headers["x-goog-metageneration"] = "1";
        headers["x-goog-stored-content-length"] = Text(stored.Content.Length);
        headers["x-goog-stored-content-encoding"] = stored.ContentEncoding ?? "identity";
        context.Response.ContentType = stored.ContentType;
        if (stored.ContentEncoding == "gzip" && !context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            await using var inflated = new GZipStream(new MemoryStream(stored.Content), CompressionMode.Decompress);
            await inflated.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }

        headers.ContentEncoding = stored.ContentEncoding;
        context.Response.ContentLength = stored.Content.Length;
        await context.Response.Body.WriteAsync(stored.Content, context.RequestAborted);
    }

    private sealed record Stored(long Generation, byte[] Content, string ContentType, string? ContentEncoding, DateTimeOffset Time);
}
