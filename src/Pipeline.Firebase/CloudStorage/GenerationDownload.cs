using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using Google.Apis.Download;
using Google.Apis.Services;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.CloudStorage;

/// <summary>One attempt to read the stored bytes of one generation, up to a limit.</summary>
internal sealed class GenerationDownload : MediaDownloader
{
    private const int PartBytes = 64 * 1024;

    private readonly ObjectVersion _version;
    private readonly long _maxBytes;
    private readonly MemoryStream _content;
    private Crc32C _crc;

    /// <param name="maxBytes">More is refused, by its length where it is told, else once so many have come.</param>
    /// <param name="content">Empty; receives the bytes.</param>
    public GenerationDownload(IClientService service, ObjectVersion version, long maxBytes, MemoryStream content)
        : base(service)
    {
        _content = content;
        _version = version;
        _maxBytes = Math.Min(maxBytes, Array.MaxLength);
        ChunkSize = PartBytes;

        // Else the service would inflate what is stored as gzip: other bytes than those whose length and checksum it tells.
        ModifyRequest = static request => request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
    }

    /// <summary>What the service says of the stored bytes; null where it says nothing.</summary>
    public uint? ExpectedCrc32C { get; private set; }

    public uint Crc32C => _crc.Value;

    /// <param name="objects">The address of the object, without a query.</param>
    /// <exception cref="ObjectStoreException">It is too large, or another generation is given.</exception>
    /// <exception cref="Exception">What the library throws.</exception>
    public async Task RunAsync(Uri objects, CancellationToken cancellationToken)
    {
        // The precondition names the live object; a parameter 'generation' would also find one that was deleted from a bucket with versions.
        var address = $"{objects.AbsoluteUri}?ifGenerationMatch={_version.Generation.ToString(CultureInfo.InvariantCulture)}";
        var progress = await DownloadAsync(address, _content, cancellationToken);
        if (progress.Exception is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    protected override void OnResponseReceived(HttpResponseMessage response)
    {
        var headers = response.Headers;
        if (Find(headers, "x-goog-generation") is { } generation && generation != _version.Generation.ToString(CultureInfo.InvariantCulture))
        {
            throw Failed(ObjectStoreError.NotFound, $"generation {_version.Generation} is gone, {generation} is live.");
        }

        var stored = long.TryParse(Find(headers, "x-goog-stored-content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0;
        var declared = Math.Max(response.Content.Headers.ContentLength ?? 0, stored);
        if (declared > _maxBytes)
        {
            throw Failed(ObjectStoreError.TooLarge, $"it has {declared} bytes, {_maxBytes} are allowed.");
        }

        _content.Capacity = (int)declared;
        ExpectedCrc32C = headers.TryGetValues("x-goog-hash", out var hashes) ? FindCrc32C(hashes) : null;
    }

    protected override void OnDataReceived(byte[] data, int length)
    {
        if (_content.Length + length > _maxBytes)
        {
            throw Failed(ObjectStoreError.TooLarge, $"it has more than the {_maxBytes} bytes that are allowed.");
        }

        _crc.Append(data.AsSpan(0, length));
    }

    private static string? Find(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static uint? FindCrc32C(IEnumerable<string> hashes) => hashes
        .SelectMany(static value => value.Split(','))
        .Select(static hash => hash.Trim())
        .Where(static hash => hash.StartsWith("crc32c=", StringComparison.OrdinalIgnoreCase))
        .Select(static hash => Worker.Uploads.Crc32C.FromText(hash["crc32c=".Length..]))
        .FirstOrDefault();

    private ObjectStoreException Failed(ObjectStoreError error, string detail) => new(error, _version.Bucket, _version.Name, detail);
}
