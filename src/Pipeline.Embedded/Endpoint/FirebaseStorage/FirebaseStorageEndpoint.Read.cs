using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint.FirebaseStorage;

internal sealed partial class FirebaseStorageEndpoint
{
    private const int LargestPage = 1000;

    private async Task GetAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(request, cancellationToken).ConfigureAwait(false);
        if (request.Query.GetValueOrDefault("token") is { Length: > 0 } token && !DownloadTokens.Open(stored.Description, token))
        {
            throw new StorageRequestException(StatusCodes.Status403Forbidden, "forbidden", "The token of the link is none of the object's.");
        }

        if (request.Query.GetValueOrDefault("alt") == "media")
        {
            await MediaResponse.WriteAsync(context, _objects.Objects, AsLinked(stored), cancellationToken).ConfigureAwait(false);
            return;
        }

        if (DownloadTokens.Of(stored.Description).IsEmpty)
        {
            // What came another way gets its link when somebody first asks for it.
            stored = await _objects.UpdateAsync(
                request.Bucket, request.Name!, generation: null, GenerationConditions.None, DownloadTokens.Ensure, cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(context, stored, cancellationToken).ConfigureAwait(false);
    }

    private async Task ListAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var prefix = request.Query.GetValueOrDefault("prefix", string.Empty);
        if (prefix.Length > 0 && !prefix.EndsWith('/'))
        {
            throw StorageRequestException.Invalid($"prefix is '{prefix}'; it must be empty or end with '/'.");
        }

        var query = new ListQuery(
            prefix,
            request.Query.GetValueOrDefault("delimiter", string.Empty),
            PageToken.Read(request.Query.GetValueOrDefault("pageToken")),
            (int)Math.Clamp(request.FindNumber("maxResults") ?? LargestPage, 1, LargestPage));
        var page = await ListPage.ReadAsync(_objects, request.Bucket, query, cancellationToken).ConfigureAwait(false);
        var json = FirebaseResource.Write(
            request.Bucket,
            page.Objects.Select(static stored => stored.Version.Name).Where(IsReference),
            page.Groups.Where(static group => IsReference(group[..^1])),
            page.Last is { } last ? PageToken.Write(last) : null);
        await JsonResponse.WriteAsync(context.Response, json, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>References of the SDKs have no empty segments: objects with such names are passed over, as Firebase does.</summary>
    private static bool IsReference(string path) => path.Length > 0 && path[0] != '/' && path[^1] != '/' && !path.Contains("//", StringComparison.Ordinal);

    /// <summary>The object as a download of it tells it: by what name to save it, asked for anew each time, and not by which links others get it.</summary>
    private static StoredObject AsLinked(StoredObject stored) => stored with
    {
        Description = stored.Description with
        {
            CacheControl = stored.Description.CacheControl ?? "private, max-age=0",
            ContentDisposition = FirebaseResource.Disposition(stored),
            Metadata = stored.Description.Metadata.Merge([new(DownloadTokens.Key, null)]),
        },
    };

    private async Task<StoredObject> FindAsync(StorageRequest request, CancellationToken cancellationToken) =>
        await _objects.FindAsync(request.Bucket, request.Name!, cancellationToken).ConfigureAwait(false)
        ?? throw StorageErrors.NoSuchObject(request.Bucket, request.Name!);

    private static Task WriteAsync(HttpContext context, StoredObject stored, CancellationToken cancellationToken) =>
        JsonResponse.WriteAsync(context.Response, FirebaseResource.Write(stored), cancellationToken);
}
