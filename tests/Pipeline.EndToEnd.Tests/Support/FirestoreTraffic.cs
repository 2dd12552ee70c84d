using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>Stands between workers and the emulator, passes everything on unless a test disturbs it, and counts as Firestore bills.</summary>
internal sealed class FirestoreTraffic : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _http = new();
    private readonly Uri _emulator;
    private readonly ConcurrentQueue<FirestoreWrite> _writes = new();
    private int _reads;

    private FirestoreTraffic(WebApplication application, Uri emulator)
    {
        _application = application;
        _emulator = emulator;
    }

    public string Host => new Uri(_application.Urls.Single()).Authority;

    /// <summary>Writes of accepted commits, deletes included.</summary>
    public IReadOnlyList<FirestoreWrite> Writes => [.. _writes];

    /// <summary>Documents read, missing ones included; a query that finds nothing counts as one.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>What to do with a request, by the method in its address (<c>commit</c>, <c>batchGet</c>, <c>runQuery</c>). Null: pass it on.</summary>
    public Func<string, FirestoreDisturbance?> Disturbance { get; set; } = _ => null;

    public static async Task<FirestoreTraffic> StartAsync(Uri emulator, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var traffic = new FirestoreTraffic(builder.Build(), emulator);
        traffic._application.Run(traffic.PassAsync);
        await traffic._application.StartAsync(cancellationToken);
        return traffic;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>A request that has arrived is passed on whatever becomes of its sender, as by the platform.</summary>
    private async Task PassAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var target = context.Request.Path.ToUriComponent();
        var disturbance = Disturbance(target[(target.LastIndexOf(':') + 1)..]);
        if (disturbance is { IsPassedOn: false })
        {
            await disturbance.AnswerAsync(context);
            return;
        }

        var isCall = HttpMethods.IsPost(context.Request.Method);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_emulator, target + context.Request.QueryString.ToUriComponent()));
        if (isCall)
        {
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.ContentType = new("application/json");
        }

        if (context.Request.Headers.Authorization is [{ } authorization])
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        }

        using var answer = await _http.SendAsync(request);
        var content = await answer.Content.ReadAsByteArrayAsync();
        if (isCall && answer.IsSuccessStatusCode)
        {
            Count(target, body.ToArray(), content);
        }

        if (disturbance is not null)
        {
            await disturbance.AnswerAsync(context);
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content);
    }

    private void Count(string target, byte[] request, byte[] answer)
    {
        using var json = JsonDocument.Parse(request);
        if (target.EndsWith(":commit", StringComparison.Ordinal))
        {
            foreach (var write in json.RootElement.GetProperty("writes").EnumerateArray())
            {
                _writes.Enqueue(write.TryGetProperty("delete", out var name) ? new FirestoreWrite(name.GetString()!, null) : Read(write.GetProperty("update")));
            }
        }
        else if (target.EndsWith(":batchGet", StringComparison.Ordinal))
        {
            Interlocked.Add(ref _reads, json.RootElement.GetProperty("documents").GetArrayLength());
        }
        else
        {
            using var found = JsonDocument.Parse(answer);
            Interlocked.Add(ref _reads, Math.Max(1, found.RootElement.EnumerateArray().Count(element => element.TryGetProperty("document", out _))));
        }
    }

    private static FirestoreWrite Read(JsonElement update) => new(
        update.GetProperty("name").GetString()!,
        update.GetProperty("fields").TryGetProperty("status", out var status) ? status.GetProperty("stringValue").GetString() : null);
}
