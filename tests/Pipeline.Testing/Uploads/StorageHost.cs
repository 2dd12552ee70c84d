using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Embedded.Endpoint;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Testing.Uploads;

/// <summary>The local Cloud Storage endpoint over a folder. It delivers no events: whoever uploads does.</summary>
public sealed class StorageHost : IAsyncDisposable
{
    public const string Bucket = "uploads";

    private readonly FolderObjectWriter _objects;
    private readonly WebApplication _application;
    private readonly HttpClient _http;

    private StorageHost(FolderObjectWriter objects, WebApplication application)
    {
        _objects = objects;
        _application = application;
        _http = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <param name="data">The data folder that workers are given.</param>
    public static async Task<StorageHost> StartAsync(string data, CancellationToken cancellationToken)
    {
        var objects = await FolderObjectWriter.OpenAsync(
            new FolderBucketOptions(Path.Combine(data, "buckets"), [Bucket]), TimeProvider.System, NullLogger<FolderObjectWriter>.Instance, cancellationToken);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.UseRouting();
        application.MapStorageEndpoint(objects);
        await application.StartAsync(cancellationToken);
        return new StorageHost(objects, application);
    }

    /// <returns>The new generation.</returns>
    public async Task<long> UploadAsync(
        string name, byte[] content, string contentType, CancellationToken cancellationToken, string? contentEncoding = null)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new(contentType);
        var address = $"upload/storage/v1/b/{Bucket}/o?uploadType=media&name={Uri.EscapeDataString(name)}&contentEncoding={contentEncoding}";
        using var answer = await _http.PostAsync(new Uri(address, UriKind.Relative), body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return long.Parse(json.RootElement.GetProperty("generation").GetString()!, CultureInfo.InvariantCulture);
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        using var answer = await _http.DeleteAsync(new Uri($"storage/v1/b/{Bucket}/o/{Uri.EscapeDataString(name)}", UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _objects.Dispose();
        _http.Dispose();
    }
}
