namespace Pipeline.Firebase.Firestore;

/// <summary>A request over all its attempts: what is sent, and whether any of it may have arrived without an answer.</summary>
internal sealed class FirestoreExchange
{
    private readonly Uri _address;
    private readonly ReadOnlyMemory<byte> _body;
    private volatile bool _isUnanswered;

    public FirestoreExchange(Uri address, ReadOnlyMemory<byte> body)
    {
        _address = address;
        _body = body;
    }

    public HttpRequestMessage CreateRequest() => new(HttpMethod.Post, _address) { Content = new RequestBody(_body, () => _isUnanswered = true) };

    /// <summary>An answer has arrived whole: what was sent so far is settled.</summary>
    public void NoteAnswer() => _isUnanswered = false;

    /// <summary>The fault of an attempt that ended without an answer.</summary>
    public FirestoreFault Fault(string message) => _isUnanswered
        ? new FirestoreFault(FaultOrigin.NoAnswer, FirestoreStatus.Unknown, message)
        : new FirestoreFault(FaultOrigin.NotSent, FirestoreStatus.Unavailable, message);
}
