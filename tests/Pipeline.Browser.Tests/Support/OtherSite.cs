using System.Net;
using Pipeline.Testing.Processes;

namespace Pipeline.Browser.Tests.Support;

/// <summary>An app's own page, on another port of this machine: an empty document, so that tests run what they like in it.</summary>
internal sealed class OtherSite : IAsyncDisposable
{
    private static readonly byte[] Document = "<!doctype html><title>app</title>"u8.ToArray();

    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public OtherSite()
    {
        Address = $"http://localhost:{FreePorts.Next()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "text/html";
                await context.Response.OutputStream.WriteAsync(Document);
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
