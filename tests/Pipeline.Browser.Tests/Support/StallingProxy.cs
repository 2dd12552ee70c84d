using System.Net;
using System.Net.Sockets;

namespace Pipeline.Browser.Tests.Support;

/// <summary>Stands between a browser and the server, and lets of each upload only the beginning pass: the rest is on its way until this is disposed.</summary>
internal sealed class StallingProxy : IAsyncDisposable
{
    private const int BufferSize = 16 * 1024;

    private static readonly byte[] Upload = [.. "POST /upload"u8];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _serverPort;
    private readonly Task _running;

    public StallingProxy(PageProcess server)
    {
        _serverPort = new Uri(server.Address).Port;
        _listener.Start();
        _running = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>Ends when an upload is under way and held.</summary>
    public Task Stalled => _stalled.Task;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _running;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient browser)
    {
        using var server = new TcpClient();
        using (browser)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _end.Token);
                await Task.WhenAny(ForwardAsync(browser.GetStream(), server.GetStream()), server.GetStream().CopyToAsync(browser.GetStream(), _end.Token));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // One of both is gone, or the test has ended.
            }
        }
    }

    private async Task ForwardAsync(NetworkStream browser, NetworkStream server)
    {
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await browser.ReadAsync(buffer, _end.Token)) > 0)
        {
            await server.WriteAsync(buffer.AsMemory(0, read), _end.Token);
            if (buffer.AsSpan(0, read).StartsWith(Upload))
            {
                _stalled.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
            }
        }
    }
}
