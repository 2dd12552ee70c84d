namespace Pipeline.Embedded.Delivery;

/// <summary>One delivery of an event, and how long to wait after those that failed. An answer 2xx in time is an acknowledgement, as on the platform.</summary>
public sealed class EventPost
{
    private readonly HttpClient _http;
    private readonly EventDeliveryOptions _options;
    private readonly TimeProvider _time;

    /// <param name="http">Its own time-out must be longer than the acknowledge deadline.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message names everything.</exception>
    public EventPost(HttpClient http, EventDeliveryOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var faults = options.Validate().ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        }

        _http = http;
        _options = options;
        _time = time;
    }

    /// <returns>Null where it was acknowledged, else why not.</returns>
    public async Task<string?> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.AcknowledgeDeadline, _time);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, wait.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"the worker answered {(int)response.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the worker gave no answer for {_options.AcknowledgeDeadline.TotalSeconds:0.###} s";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>min(initial · 2^attempts, largest).</summary>
    /// <param name="attempts">Deliveries that failed before the last one.</param>
    public TimeSpan Backoff(int attempts)
    {
        var wait = _options.InitialBackoff * Math.Pow(2, Math.Min(attempts, 32));
        return wait < _options.MaxBackoff ? wait : _options.MaxBackoff;
    }
}
