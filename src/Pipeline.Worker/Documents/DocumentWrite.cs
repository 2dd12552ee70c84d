using System.Collections.Immutable;

namespace Pipeline.Worker.Documents;

/// <summary>One write of a commit.</summary>
/// <param name="Path">The document.</param>
/// <param name="Precondition">Checked against the document as it is before the commit.</param>
public abstract record DocumentWrite(DocumentPath Path, DocumentPrecondition Precondition)
{
    /// <summary>Sets a document.</summary>
    /// <param name="Fields">The values. Nested maps are written whole unless the mask names their members.</param>
    /// <param name="Mask">
    /// Null: the whole document is replaced. Else only these field paths (<see cref="DocumentFieldPath"/>) change; one that has no value in
    /// <paramref name="Fields"/> is deleted. No path may contain another. Values that the mask does not name are ignored.
    /// </param>
    /// <param name="ServerTimes">
    /// Field paths that receive the server time of the commit (whole microseconds; Firestore: milliseconds), applied after the fields; they need
    /// not be in the mask.
    /// </param>
    public sealed record Set(
        DocumentPath Path,
        DocumentPrecondition Precondition,
        ImmutableSortedDictionary<string, DocumentValue> Fields,
        ImmutableArray<string>? Mask,
        ImmutableArray<string> ServerTimes) : DocumentWrite(Path, Precondition);

    /// <summary>Deletes a document; deleting one that does not exist succeeds unless the precondition refuses it.</summary>
    public sealed record Delete(DocumentPath Path, DocumentPrecondition Precondition) : DocumentWrite(Path, Precondition);
}
