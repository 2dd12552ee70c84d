using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.CloudEvents;

/// <summary>An event whose envelope has been read. Its data has not been looked at, in binary mode not even received.</summary>
internal sealed class IncomingEvent
{
    private readonly HttpRequest? _body;
    private readonly ReadOnlyMemory<byte> _payload;

    private IncomingEvent(CloudEvent cloudEvent, HttpRequest? body, ReadOnlyMemory<byte> payload)
    {
        CloudEvent = cloudEvent;
        _body = body;
        _payload = payload;
    }

    /// <summary>The attributes. Its data is null.</summary>
    public CloudEvent CloudEvent { get; }

    public static IncomingEvent WithBody(CloudEvent cloudEvent, HttpRequest body) => new(cloudEvent, body, default);

    public static IncomingEvent WithPayload(CloudEvent cloudEvent, ReadOnlyMemory<byte> payload) => new(cloudEvent, null, payload);

    /// <summary>The data's bytes, of the type that <c>datacontenttype</c> says (JSON where it says nothing). To be called once.</summary>
    /// <exception cref="InvalidRequestException">413: more than <paramref name="maxBytes"/>; 415: compressed.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadPayloadAsync(long maxBytes, CancellationToken cancellationToken) =>
        _body is null ? _payload : await RequestBody.ReadAsync(_body, maxBytes, cancellationToken);
}
