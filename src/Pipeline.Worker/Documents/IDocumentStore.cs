namespace Pipeline.Worker.Documents;

/// <summary>
/// The one port for documents, in Firestore's own shape and nothing more. No transactions: every change is one commit guarded by preconditions.
/// All times are the store's. A request that breaks the rules of <see cref="DocumentRequests"/> fails with <see cref="DocumentStoreError.InvalidArgument"/>.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Reads documents, existing or not, at one server time.</summary>
    /// <param name="paths">At least one; no duplicates.</param>
    /// <exception cref="DocumentStoreException">No answer.</exception>
    Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken);

    /// <summary>
    /// Applies all writes or none, in order. All preconditions are checked before anything is written. A write that changes nothing leaves the
    /// document's update time as it was; every other gives it a later one, also across a delete
    /// (a store that keeps the time itself: later than any it has given to any document).
    /// </summary>
    /// <param name="writes">At least one; at most one for each document.</param>
    /// <exception cref="DocumentStoreException">No answer; <see cref="DocumentStoreError.UnknownOutcome"/> where it may have been applied.</exception>
    Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken);

    /// <summary>Finds documents of one collection.</summary>
    /// <exception cref="DocumentStoreException">No answer.</exception>
    Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken);
}
