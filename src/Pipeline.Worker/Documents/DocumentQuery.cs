using System.Collections.Immutable;

namespace Pipeline.Worker.Documents;

/// <summary>
/// Documents of one collection by their fields. A document that lacks a filtered or ordered field is not found (as in Firestore).
/// </summary>
/// <param name="Collection">The collection; its sub-collections are not searched.</param>
/// <param name="Filters">All must hold.</param>
/// <param name="OrderBy">
/// A field path (<see cref="DocumentFieldPath"/>), or null for the order of ids. Values are ordered as <see cref="DocumentValueComparer"/> does, ties by id (UTF-8 bytes).
/// </param>
/// <param name="Descending">The direction of both the field and the tie.</param>
/// <param name="Limit">At most this many, 1 to 1,000.</param>
/// <param name="StartAfter">The last document of the page before, or null. It need not exist any more.</param>
public sealed record DocumentQuery(
    string Collection,
    ImmutableArray<DocumentFilter> Filters,
    string? OrderBy,
    bool Descending,
    int Limit,
    DocumentSnapshot? StartAfter = null);
