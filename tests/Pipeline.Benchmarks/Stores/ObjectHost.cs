using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Embedded.Endpoint;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Benchmarks.Stores;

/// <summary>The folder of the objects, and the storage endpoint before it. No events come of an upload.</summary>
internal sealed class ObjectHost : IAsyncDisposable
{
    public const string Bucket = "uploads";

    private readonly FolderObjectWriter _objects;
    private readonly WebApplication _application;
    private readonly HttpClient _http;

    private ObjectHost(FolderObjectWriter objects, WebApplication application)
    {
        _objects = objects;
        _application = application;
        _http = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public Uri Address => _http.BaseAddress!;

    /// <param name="data">The data folder of the workers.</param>
    public static async Task<ObjectHost> StartAsync(string data, CancellationToken cancellationToken)
    {
        var options = new FolderBucketOptions(Path.Combine(data, "buckets"), [Bucket]);
        var objects = await FolderObjectWriter.OpenAsync(options, TimeProvider.System, NullLogger<FolderObjectWriter>.Instance, cancellationToken);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.UseRouting();
        application.MapStorageEndpoint(objects);
        await application.StartAsync(cancellationToken);
        return new ObjectHost(objects, application);
    }

    /// <returns>The new generation.</returns>
    public async Task<long> UploadAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new("image/jpeg") } };
        var address = $"upload/storage/v1/b/{Bucket}/o?uploadType=media&name={Uri.EscapeDataString(name)}";
        using var answer = await _http.PostAsync(new Uri(address, UriKind.Relative), body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        return long.Parse(json.RootElement.GetProperty("generation").GetString()!, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _objects.Dispose();
        _http.Dispose();
    }
}
