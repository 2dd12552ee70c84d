using System.Net;
using System.Net.Sockets;

namespace Pipeline.Clients.Tests.Support;

/// <summary>Stands between a client and a server, passes on what both say, and fails once where it is told to.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Uri _target;
    private readonly RelayFault _fault;
    private readonly Task _accepting;
    private long _left;
    private long _passed;

    /// <param name="after">How many bytes of the client's pass before the fault.</param>
    public Relay(Uri target, RelayFault fault, long after)
    {
        _target = target;
        _fault = fault;
        _left = after;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Bytes of the client's that were passed on.</summary>
    public long Passed => Interlocked.Read(ref _passed);

    /// <summary>Completes with the fault.</summary>
    public Task Failed => _failed.Task;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(_target.Host, _target.Port, _stop.Token);
                await Task.WhenAny(
                    PassAsync(client.GetStream(), server.GetStream(), isClient: true),
                    PassAsync(server.GetStream(), client.GetStream(), isClient: false));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // The client sees a broken connection, which is what there is.
            }
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, bool isClient)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0)
            {
                if (isClient && Interlocked.Add(ref _left, -read) < 0 && _fault != RelayFault.None && _failed.TrySetResult())
                {
                    if (_fault == RelayFault.Break)
                    {
                        return;
                    }

                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                }

                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
                if (isClient)
                {
                    Interlocked.Add(ref _passed, read);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // Either side is gone.
        }
    }
}
