using System.Net;
using System.Net.Http.Headers;

namespace Pipeline.Firebase.Firestore;

/// <summary>A body that knows whether any of it was sent: until a connection stands, nothing is.</summary>
internal sealed class RequestBody : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly ReadOnlyMemory<byte> _json;
    private readonly Action _onSending;

    public RequestBody(ReadOnlyMemory<byte> json, Action onSending)
    {
        _json = json;
        _onSending = onSending;
        Headers.ContentType = Json;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _onSending();
        return stream.WriteAsync(_json, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
