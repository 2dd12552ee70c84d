using System.Net;
using System.Net.Http.Headers;

namespace Pipeline.Firebase.Tests.Support;

/// <summary>Answers requests for keys, and counts them.</summary>
internal sealed class PublishedKeys : HttpMessageHandler
{
    private int _requests;

    public required Func<string> Keys { get; init; }

    public bool IsDown { get; set; }

    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(6);

    public int Requests => _requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        if (IsDown)
        {
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        }

        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Keys()) };
        answer.Headers.CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = MaxAge };
        return Task.FromResult(answer);
    }
}
