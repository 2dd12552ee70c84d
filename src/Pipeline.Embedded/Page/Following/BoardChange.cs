using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page.Following;

/// <summary>A document that is otherwise than before.</summary>
/// <param name="Sequence">Rises by one with every change that a source tells, and never means another change.</param>
/// <param name="Fields">The whole document, or null where it is gone.</param>
/// <param name="Made">When it was made, as far as the source knows.</param>
internal sealed record BoardChange(long Sequence, DocumentPath Path, ImmutableSortedDictionary<string, DocumentValue>? Fields, DateTimeOffset Made);
