namespace Pipeline.Firebase.Firestore;

/// <summary>A document that has come to be.</summary>
/// <param name="Name"><c>projects/P/databases/D/documents/…</c>.</param>
/// <param name="Id">Of the document within its collection.</param>
/// <param name="Json">The document as the REST API writes it, UTF-8.</param>
public sealed record CreatedDocument(string Name, string Id, DateTimeOffset CreateTime, ReadOnlyMemory<byte> Json);
