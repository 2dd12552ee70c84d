using System.Collections.Immutable;

namespace Pipeline.Worker.Documents;

/// <summary>A document as read, or the fact that there is none.</summary>
/// <param name="Fields">Null where the document does not exist.</param>
/// <param name="UpdateTime">The version to use as a precondition; default where the document does not exist.</param>
public sealed record DocumentSnapshot(
    DocumentPath Path,
    ImmutableSortedDictionary<string, DocumentValue>? Fields,
    DateTimeOffset CreateTime,
    DateTimeOffset UpdateTime)
{
    public bool Exists => Fields is not null;
}
