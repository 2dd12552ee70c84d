using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Pipeline.Hosting.Requests;

/// <summary>
/// The end of an instance: from the signal on new requests are answered with 503; those under way may finish within the drain time,
/// then they are cancelled, with time left to release what they hold.
/// </summary>
internal sealed class Draining : IDisposable
{
    private readonly CancellationTokenSource _expired = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _stopping;
    private readonly TimeProvider _time;
    private readonly TimeSpan _drainTime;
    private ITimer? _timer;

    public Draining(IHostApplicationLifetime lifetime, TimeProvider time, HostingOptions options)
    {
        ArgumentNullException.ThrowIfNull(lifetime);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(options);
        _time = time;
        _drainTime = options.DrainTime;
        _stopping = lifetime.ApplicationStopping;
        _registration = _stopping.Register(Begin);
    }

    /// <summary>Ends when the drain time is over.</summary>
    public CancellationToken Expired => _expired.Token;

    /// <summary>Middleware: refuses while draining, and lets the end of draining cancel the request.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (_stopping.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            await ErrorAnswer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The instance is shutting down.", TimeSpan.FromSeconds(1));
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _expired.Token);
        context.RequestAborted = either.Token;
        await next(context);
    }

    public void Dispose()
    {
        _registration.Dispose();
        _timer?.Dispose();
        _expired.Dispose();
    }

    private void Begin() => _timer = _time.CreateTimer(_ => _expired.Cancel(), null, _drainTime, Timeout.InfiniteTimeSpan);
}
