using Pipeline.Firebase.Identity;
using Pipeline.Hosting.Health;

namespace Pipeline.Functions.WarmingUp;

/// <summary>Sends other services the event that keeps an instance warm, as a CloudEvent in binary mode, with a token for each that is not on this machine.</summary>
public sealed partial class WarmUpCalls : IDisposable
{
    private readonly WarmUpOptions _options;
    private readonly IIdentityTokens _tokens;
    private readonly Func<string> _newId;
    private readonly ILogger<WarmUpCalls> _logger;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public WarmUpCalls(WarmUpOptions options, IIdentityTokens tokens, Func<string> newId, ILogger<WarmUpCalls> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(newId);
        ArgumentNullException.ThrowIfNull(logger);
        _options = options;
        _tokens = tokens;
        _newId = newId;
        _logger = logger;
        _http.Timeout = options.Timeout;
    }

    /// <summary>Warms all of them at once. One that fails fails for itself.</summary>
    public Task<WarmUpResult[]> SendAsync(CancellationToken cancellationToken) => Task.WhenAll(_options.Urls.Select(url => SendAsync(url, cancellationToken)));

    public void Dispose() => _http.Dispose();

    private async Task<WarmUpResult> SendAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            request.Headers.Add("ce-specversion", "1.0");
            request.Headers.Add("ce-type", WarmUpEvent.Type);
            request.Headers.Add("ce-source", "//pipeline/maintain");
            request.Headers.Add("ce-id", _newId());
            if (!url.IsLoopback)
            {
                request.Headers.Authorization = new("Bearer", await _tokens.GetAsync(url.GetLeftPart(UriPartial.Authority), cancellationToken));
            }

            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? new WarmUpResult(url, null) : Failed(url, $"The answer was {(int)answer.StatusCode}.", null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is HttpRequestException or OperationCanceledException or AccessTokenException)
        {
            return Failed(url, exception is OperationCanceledException ? $"There was no answer within {_options.Timeout.TotalSeconds:0.#} s." : exception.Message, exception);
        }
    }

    private WarmUpResult Failed(Uri url, string error, Exception? exception)
    {
        Log.Failed(_logger, exception, url, error);
        return new WarmUpResult(url, error);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Url} could not be kept warm: {Reason}")]
        public static partial void Failed(ILogger logger, Exception? exception, Uri url, string reason);
    }
}
