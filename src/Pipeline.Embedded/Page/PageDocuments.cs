using System.Collections.Immutable;
using Pipeline.Embedded.Page.Following;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page;

/// <summary>The documents that the page shows, and how it follows them. The caller disposes of the store.</summary>
public sealed class PageDocuments
{
    private readonly Func<ImmutableArray<string>, TimeProvider, IChangeSource> _follow;

    private PageDocuments(IDocumentStore store, string place, Func<ImmutableArray<string>, TimeProvider, IChangeSource> follow)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(place);
        _follow = follow;
        Store = store;
        Place = place;
    }

    /// <summary>Where the documents are, for a person.</summary>
    public string Place { get; }

    internal IDocumentStore Store { get; }

    /// <summary>Follows the history that the store of this machine keeps.</summary>
    /// <param name="place">Where the documents are, for a person.</param>
    public static PageDocuments OfThisMachine(SqliteDocumentStore store, string place) =>
        new(store, place, (collections, _) => new HistoryChanges(store, collections));

    /// <summary>
    /// Follows an emulator by queries. Never for a service that counts what is read: somebody who watches costs hundreds of reads each second.
    /// </summary>
    /// <param name="place">Where the documents are, for a person.</param>
    public static PageDocuments OfEmulator(IDocumentStore store, string place) =>
        new(store, place, (collections, time) => new QueriedChanges(store, collections, time));

    internal IChangeSource Follow(ImmutableArray<string> collections, TimeProvider time) => _follow(collections, time);
}
