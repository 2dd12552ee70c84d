namespace Pipeline.Firebase.Firestore;

/// <summary>Who says that a request failed, and so how sure it is that nothing was applied.</summary>
internal enum FaultOrigin
{
    /// <summary>The request never left.</summary>
    NotSent,

    /// <summary>The request may have arrived; no whole answer came back.</summary>
    NoAnswer,

    /// <summary>The service, or something before it, answered with an error.</summary>
    Answer,

    /// <summary>An answer came that means nothing.</summary>
    Unreadable,

    /// <summary>The answer is larger than it may be.</summary>
    TooLarge,
}
