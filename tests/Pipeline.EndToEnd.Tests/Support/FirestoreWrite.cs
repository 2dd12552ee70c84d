namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>A write that Firestore has accepted.</summary>
/// <param name="Document">The document's full name.</param>
/// <param name="Status">What it sets the field <c>status</c> to, or null.</param>
internal sealed record FirestoreWrite(string Document, string? Status);
