using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Pipeline.Cli.Tests.Support;

/// <summary>Plays the emulator, which has one page of documents, and the worker, which answers as it was told.</summary>
internal sealed class PlayedServices : HttpMessageHandler
{
    private readonly ConcurrentQueue<HttpStatusCode> _answers = new();

    /// <summary>What the emulator answers; null: nothing, the connection breaks.</summary>
    public string? Documents { get; set; } = "{}";

    /// <summary>The events that the worker got: their headers and their data.</summary>
    public ConcurrentQueue<(IReadOnlyDictionary<string, string> Headers, byte[] Data)> Events { get; } = new();

    /// <summary>How often the emulator was asked.</summary>
    public int Looks { get; private set; }

    /// <summary>The worker's next answers; 200 when there are no more.</summary>
    public void Answer(params HttpStatusCode[] answers)
    {
        foreach (var answer in answers)
        {
            _answers.Enqueue(answer);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
        {
            Looks++;
            return Documents is { } documents
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(documents, Encoding.UTF8, "application/json") }
                : throw new HttpRequestException("The connection broke.");
        }

        var data = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        Events.Enqueue((request.Headers.Concat(request.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value)), data));
        return new HttpResponseMessage(_answers.TryDequeue(out var answer) ? answer : HttpStatusCode.OK);
    }
}
