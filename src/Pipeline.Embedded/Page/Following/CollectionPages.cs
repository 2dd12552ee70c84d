using System.Runtime.CompilerServices;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page.Following;

/// <summary>A collection in the order of its ids, page by page.</summary>
internal static class CollectionPages
{
    /// <summary>All pages; the last has fewer documents than the size, and may have none.</summary>
    public static async IAsyncEnumerable<DocumentReadResult> ReadAsync(
        IDocumentStore store, string collection, int size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DocumentReadResult page;
        DocumentSnapshot? last = null;
        do
        {
            page = await ReadAsync(store, collection, size, last, cancellationToken).ConfigureAwait(false);
            yield return page;
            last = page.Documents.LastOrDefault();
        }
        while (page.Documents.Length == size);
    }

    /// <summary>The page behind a document; the first where it is null.</summary>
    public static Task<DocumentReadResult> ReadAsync(IDocumentStore store, string collection, int size, DocumentSnapshot? after, CancellationToken cancellationToken) =>
        store.QueryAsync(new DocumentQuery(collection, [], OrderBy: null, Descending: false, size, after), cancellationToken);
}
