using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Firestore;

/// <summary>One element of a streamed answer.</summary>
/// <param name="Document">A document that was found, or that is missing; null where the element speaks of none.</param>
internal sealed record ReadElement(DocumentSnapshot? Document, DateTimeOffset? ReadTime);
