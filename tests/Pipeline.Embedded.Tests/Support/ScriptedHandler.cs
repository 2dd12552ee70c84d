using System.Collections.Concurrent;
using System.Net;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>A worker that answers as a test says and remembers what it was sent.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Func<ReceivedRequest, CancellationToken, Task<HttpStatusCode>> _answer;

    public ScriptedHandler(Func<ReceivedRequest, CancellationToken, Task<HttpStatusCode>> answer)
    {
        _answer = answer;
    }

    public ScriptedHandler(params IReadOnlyList<HttpStatusCode> answers)
    {
        _answer = (_, _) => Task.FromResult(answers[Math.Min(Received.Count, answers.Count) - 1]);
    }

    public ConcurrentQueue<ReceivedRequest> Received { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var received = new ReceivedRequest(
            request.RequestUri!,
            request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase),
            request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken));
        Received.Enqueue(received);
        return new HttpResponseMessage(await _answer(received, cancellationToken));
    }
}
