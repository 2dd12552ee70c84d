using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pipeline.Firebase.Tests.Support;

/// <summary>A server that answers as a test says: each request by the next step, the last step for ever.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _steps;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();

    private ScriptedServer(WebApplication application, IEnumerable<Func<HttpContext, Task>> steps)
    {
        _application = application;
        _steps = new ConcurrentQueue<Func<HttpContext, Task>>(steps);
    }

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public static async Task<ScriptedServer> StartAsync(params Func<HttpContext, Task>[] steps)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new ScriptedServer(builder.Build(), steps);
        server._application.Run(server.AnswerAsync);
        await server._application.StartAsync(TestContext.Current.CancellationToken);
        server.Address = new Uri(server._application.Urls.Single());
        return server;
    }

    /// <summary>Answers with a body.</summary>
    public static Func<HttpContext, Task> Answer(string json, int status = 200) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    };

    /// <summary>Answers with an error as Firestore does.</summary>
    public static Func<HttpContext, Task> Error(int code, string status, string message = "no reason") =>
        Answer($$$"""{"error":{"code":{{{code}}},"message":"{{{message}}}","status":"{{{status}}}"}}""", code);

    /// <summary>Answers nothing for as long as the client waits.</summary>
    public static Func<HttpContext, Task> Silence { get; } = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    /// <summary>Breaks the connection, after so much of an answer.</summary>
    public static Func<HttpContext, Task> Break(string begun = "") => async context =>
    {
        if (begun.Length > 0)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(begun);
            await context.Response.Body.FlushAsync();
        }

        context.Abort();
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _requests.Enqueue(new ReceivedRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.Authorization.ToString(),
            context.Request.Protocol,
            body,
            context.Request.Headers["X-Goog-User-Project"].ToString()));
        var step = _steps.Count > 1 && _steps.TryDequeue(out var next) ? next : _steps.TryPeek(out var last) ? last : Silence;
        try
        {
            await step(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away.
        }
    }
}
