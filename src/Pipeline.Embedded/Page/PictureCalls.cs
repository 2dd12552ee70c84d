using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Page;

/// <summary>Pictures of one generation: as uploaded, small, and as the model sees it. Whatever was uploaded, nothing but a picture is sent.</summary>
internal sealed class PictureCalls
{
    private const int ThumbnailSide = 112;

    private readonly FolderObjectStore _objects;
    private readonly PictureViewer _viewer;
    private readonly UploadRules _rules;
    private readonly long _maxBytes;

    public PictureCalls(FolderObjectStore objects, PictureViewer viewer, UploadRules rules, long maxBytes)
    {
        _objects = objects;
        _viewer = viewer;
        _rules = rules;
        _maxBytes = maxBytes;
    }

    /// <summary><c>GET picture?bucket&amp;name&amp;generation</c>: the file, where it is a picture.</summary>
    public async Task GetAsync(HttpContext context)
    {
        var (_, content) = await ReadAsync(context).ConfigureAwait(false);
        var type = _viewer.FindMediaType(content)
            ?? throw new PageRequestException(StatusCodes.Status415UnsupportedMediaType, "The file is no picture.");
        await SendAsync(context, type, content, isForever: true).ConfigureAwait(false);
    }

    /// <summary><c>GET thumbnail?bucket&amp;name&amp;generation</c></summary>
    public async Task ShrinkAsync(HttpContext context)
    {
        var (_, content) = await ReadAsync(context).ConfigureAwait(false);
        var png = await ShowAsync(() => _viewer.ShrinkAsync(content, ThumbnailSide, context.RequestAborted)).ConfigureAwait(false);
        await SendAsync(context, "image/png", png, isForever: true).ConfigureAwait(false);
    }

    /// <summary><c>GET model-view?bucket&amp;name&amp;generation</c>: what the model that now serves this object sees of it.</summary>
    public async Task LookAsync(HttpContext context)
    {
        var (version, content) = await ReadAsync(context).ConfigureAwait(false);
        var target = _rules.Match(version.Bucket, version.Name)
            ?? throw PageRequestException.NotFound("No rule matches this object, so no model sees it.");
        var png = await ShowAsync(() => _viewer.LookAsync(target.Model, content, context.RequestAborted)).ConfigureAwait(false);
        await SendAsync(context, "image/png", png, isForever: false).ConfigureAwait(false);
    }

    private async Task<(ObjectVersion Version, ReadOnlyMemory<byte> Content)> ReadAsync(HttpContext context)
    {
        var version = PageParameters.OfQuery(context, _rules).Version();
        try
        {
            return (version, await _objects.DownloadAsync(version, _maxBytes, context.RequestAborted).ConfigureAwait(false));
        }
        catch (ObjectStoreException exception)
        {
            throw exception.Error switch
            {
                ObjectStoreError.NotFound => PageRequestException.NotFound("This generation of the picture is gone.", exception),
                ObjectStoreError.TooLarge => new PageRequestException(StatusCodes.Status413PayloadTooLarge, "The file is too large to be shown.", exception),
                _ => new PageRequestException(StatusCodes.Status503ServiceUnavailable, "The file cannot be read now.", exception),
            };
        }
    }

    private static async Task<T> ShowAsync<T>(Func<Task<T>> show)
    {
        try
        {
            return await show().ConfigureAwait(false);
        }
        catch (ClassificationException exception)
        {
            throw new PageRequestException(StatusCodes.Status422UnprocessableEntity, exception.Message, exception);
        }
    }

    private static async Task SendAsync(HttpContext context, string type, ReadOnlyMemory<byte> content, bool isForever)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = isForever ? "private, max-age=31536000, immutable" : "private, no-store";
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }
}
