using System.Net.Http.Headers;
using Pipeline.Firebase.Identity;
using Polly.Timeout;

namespace Pipeline.Firebase.Firestore;

/// <summary>Sends requests with a token, within their time, and again where that is safe.</summary>
internal sealed class FirestoreConnection : IDisposable
{
    private static readonly ProductInfoHeaderValue Product = new("pipeline", typeof(FirestoreConnection).Assembly.GetName().Version?.ToString(3));

    private readonly HttpClient _http;
    private readonly IAccessTokens _tokens;
    private readonly FirestoreOptions _options;
    private readonly FirestoreRetries _retries;

    public FirestoreConnection(FirestoreOptions options, IAccessTokens tokens, FirestoreRetries retries)
    {
        _options = options;
        _tokens = tokens;
        _retries = retries;
        _http = FirestoreHttp.Create(options);
    }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="operation">A name of <see cref="FaultClasses"/>.</param>
    /// <exception cref="FirestoreFaultException">Nothing usable came of it.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; a commit may have been applied.</exception>
    public async Task<T> SendAsync<T>(
        string operation, Uri address, ReadOnlyMemory<byte> body, Func<LimitedAnswer, T> read, CancellationToken cancellationToken)
        where T : class
    {
        var pipeline = operation == FaultClasses.Commit ? _retries.Commits : _retries.Reads;
        var exchange = new FirestoreExchange(address, body);
        try
        {
            return await pipeline.ExecuteAsync(async token => read(await AttemptAsync(exchange, token)), cancellationToken);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new FirestoreFaultException(exchange.Fault($"there was no answer within {exception.Timeout.TotalSeconds:0.###} s"), exception);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>One attempt; a refused token is replaced once.</summary>
    private async Task<LimitedAnswer> AttemptAsync(FirestoreExchange exchange, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(null, cancellationToken);
        try
        {
            return await SendOnceAsync(exchange, token, cancellationToken);
        }
        catch (FirestoreFaultException exception) when (exception.Fault is { Origin: FaultOrigin.Answer, Status: FirestoreStatus.Unauthenticated })
        {
            var other = await TokenAsync(token, cancellationToken);
            if (other == token)
            {
                throw;
            }

            return await SendOnceAsync(exchange, other, cancellationToken);
        }
    }

    private async Task<string> TokenAsync(string? refused, CancellationToken cancellationToken)
    {
        try
        {
            return await _tokens.GetAsync(refused, cancellationToken);
        }
        catch (AccessTokenException exception)
        {
            var status = exception.IsTransient ? FirestoreStatus.Unavailable : FirestoreStatus.PermissionDenied;
            throw new FirestoreFaultException(new FirestoreFault(FaultOrigin.NotSent, status, FirestoreFault.Line(exception.Message)), exception);
        }
    }

    private async Task<LimitedAnswer> SendOnceAsync(FirestoreExchange exchange, string token, CancellationToken cancellationToken)
    {
        using var request = exchange.CreateRequest();
        request.Version = _http.DefaultRequestVersion;
        request.VersionPolicy = _http.DefaultVersionPolicy;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.UserAgent.Add(Product);
        if (_tokens.QuotaProject is { Length: > 0 } project)
        {
            request.Headers.Add("X-Goog-User-Project", project);
        }

        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var answer = await LimitedAnswer.ReadAsync(response.Content, _options.MaxAnswerBytes, cancellationToken);
            exchange.NoteAnswer();
            return response.IsSuccessStatusCode ? answer : throw FirestoreAnswers.ReadError(response.StatusCode, answer.Content.Span);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || IsConnectTimeout(exception, cancellationToken))
        {
            throw new FirestoreFaultException(exchange.Fault(FirestoreFault.Line(exception.Message)), exception);
        }
    }

    private static bool IsConnectTimeout(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;
}
