using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page.Following;

/// <summary>Follows the history that the store of this machine keeps; the sequences are the history's own, so they hold across restarts.</summary>
internal sealed class HistoryChanges : IChangeSource
{
    private const int PageSize = 1000;

    private readonly SqliteDocumentStore _store;
    private readonly ImmutableArray<string> _collections;

    /// <param name="collections">Those that are told of when everything is read anew; changes are told of all.</param>
    public HistoryChanges(SqliteDocumentStore store, ImmutableArray<string> collections)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _collections = collections;
    }

    /// <summary>A look at an unchanged store costs some 50 µs.</summary>
    public ChangePace Pace { get; } = new(TimeSpan.FromMilliseconds(15), TimeSpan.FromSeconds(1), Restraint: 0);

    public async Task<ChangeLook> LookAsync(long? after, CancellationToken cancellationToken)
    {
        var newest = await _store.ReadNewestSequenceAsync(cancellationToken).ConfigureAwait(false);
        if (after >= newest)
        {
            return ChangeLook.Nothing(after.Value);
        }

        if (after is { } last)
        {
            var changes = await ReadHistoryAsync(last, PageSize, cancellationToken).ConfigureAwait(false);
            if (changes.Length > 0 && changes[0].Sequence == last + 1)
            {
                return ChangeLook.Further(changes, changes[^1].Sequence < newest);
            }
        }

        return ChangeLook.Anew(newest, ReadAllAsync(cancellationToken));
    }

    public async Task<ImmutableArray<BoardChange>> ReadHistoryAsync(long after, int limit, CancellationToken cancellationToken)
    {
        var changes = await _store.ReadHistoryAsync(after, limit, cancellationToken).ConfigureAwait(false);
        return ImmutableArray.CreateRange(changes, static change => new BoardChange(change.Sequence, change.Path, change.Fields, change.CommitTime));
    }

    private async IAsyncEnumerable<DocumentSnapshot> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var collection in _collections)
        {
            await foreach (var page in CollectionPages.ReadAsync(_store, collection, PageSize, cancellationToken).ConfigureAwait(false))
            {
                foreach (var document in page.Documents)
                {
                    yield return document;
                }
            }
        }
    }
}
