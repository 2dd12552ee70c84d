using System.Globalization;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Delivery;

/// <summary>Calls the worker's maintenance at the start and from time to time, with the headers of the platform's scheduler; never twice at once.</summary>
public sealed partial class LocalScheduler : IDisposable
{
    private readonly HttpClient _http;
    private readonly LocalSchedulerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WakeSignal _wake = new();

    /// <param name="http">Its own time-out must be longer than the attempt deadline.</param>
    public LocalScheduler(HttpClient http, LocalSchedulerOptions options, TimeProvider time, ILogger<LocalScheduler> logger)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        var faults = options.Validate().ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        }

        _http = http;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var scheduled = _time.GetUtcNow();
            var next = scheduled + _options.Interval;
            while (!await TryRunAsync(scheduled, cancellationToken).ConfigureAwait(false) && _time.GetUtcNow() + _options.RetryDelay < next)
            {
                await Task.Delay(_options.RetryDelay, _time, cancellationToken).ConfigureAwait(false);
            }

            var wait = next - _time.GetUtcNow();
            await _wake.WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the next run begin as soon as the one under way, if any, has ended.</summary>
    public void RunSoon() => _wake.Set();

    public void Dispose() => _wake.Dispose();

    /// <summary>One call. All calls of one run carry the same schedule time.</summary>
    private async Task<bool> TryRunAsync(DateTimeOffset scheduled, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.AttemptDeadline, _time);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _options.Target);
            request.Headers.TryAddWithoutValidation("User-Agent", "Google-Cloud-Scheduler");
            request.Headers.TryAddWithoutValidation("X-CloudScheduler", "true");
            request.Headers.TryAddWithoutValidation("X-CloudScheduler-JobName", "maintain");
            request.Headers.TryAddWithoutValidation(
                "X-CloudScheduler-ScheduleTime", scheduled.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            using var response = await _http.SendAsync(request, wait.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return true;
            }

            Log.Failed(_logger, $"the worker answered {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(_logger, $"the worker gave no answer for {_options.AttemptDeadline.TotalSeconds:0.###} s");
        }
        catch (HttpRequestException exception)
        {
            Log.Failed(_logger, exception.Message);
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The scheduled maintenance failed: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
