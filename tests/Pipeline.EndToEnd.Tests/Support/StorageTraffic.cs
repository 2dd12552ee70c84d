using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>Stands between a worker and Cloud Storage, and passes its reading on unless a test answers in its place.</summary>
internal sealed class StorageTraffic : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _http = new();
    private readonly Uri _storage;

    private StorageTraffic(WebApplication application, Uri storage)
    {
        _application = application;
        _storage = storage;
    }

    public string Host => new Uri(_application.Urls.Single()).Authority;

    /// <summary>What each request is answered; null: what Cloud Storage answers.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public static async Task<StorageTraffic> StartAsync(Uri storage, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var traffic = new StorageTraffic(builder.Build(), storage);
        traffic._application.Run(traffic.PassAsync);
        await traffic._application.StartAsync(cancellationToken);
        return traffic;
    }

    /// <summary>An error as the JSON API tells it.</summary>
    public static Func<HttpContext, Task> Error(int status, string reason, string message) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$$"""{"error":{"code":{{{status}}},"message":"{{{message}}}","errors":[{"message":"{{{message}}}","domain":"global","reason":"{{{reason}}}"}]}}""");
    };

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _http.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        if (Answer is { } answer)
        {
            await answer(context);
            return;
        }

        // Not decoded: a slash of a name is no slash of the path.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_storage, target));
        request.Headers.AcceptEncoding.ParseAdd(context.Request.Headers.AcceptEncoding.ToString());
        using var passed = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)passed.StatusCode;
        foreach (var (name, values) in passed.Headers.Concat(passed.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await passed.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
