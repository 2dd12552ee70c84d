using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.SqliteDocuments;

/// <summary>One change of one document, as the history kept it.</summary>
/// <param name="Sequence">Rises by one with every change of the store.</param>
/// <param name="CommitTime">Server time; changes of one commit share it.</param>
/// <param name="Fields">The whole document after the change, or null where it was deleted.</param>
public sealed record DocumentChange(
    long Sequence,
    DateTimeOffset CommitTime,
    DocumentPath Path,
    ImmutableSortedDictionary<string, DocumentValue>? Fields);
