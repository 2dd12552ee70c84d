using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Pipeline.Clients.Tests.Support;

/// <summary>Serves the folder <c>Page</c>, an app of its own origin, with the README's modules and the addresses of a running product.</summary>
internal sealed class AppServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private AppServer(WebApplication application)
    {
        _application = application;
    }

    public Uri Address => new(_application.Urls.Single());

    public static async Task<AppServer> StartAsync(LocalFirebase firebase)
    {
        var files = Directory.EnumerateFiles(Path.Combine(NodeScript.Folder, "..", "Page"))
            .Concat(Directory.EnumerateFiles(firebase.Snippets))
            .ToDictionary(file => $"/{Path.GetFileName(file)}");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new AppServer(builder.Build());
        server._application.Run(context => AnswerAsync(context, files, JsonSerializer.SerializeToUtf8Bytes(firebase.Input())));
        await server._application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, Dictionary<string, string> files, byte[] settings)
    {
        var path = context.Request.Path == "/" ? "/index.html" : context.Request.Path.Value!;
        context.Response.ContentType = Path.GetExtension(path) switch { ".js" => "text/javascript", ".json" => "application/json", _ => "text/html" };
        if (path == "/settings.json")
        {
            await context.Response.Body.WriteAsync(settings);
        }
        else if (files.TryGetValue(path, out var file))
        {
            await context.Response.SendFileAsync(file);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
