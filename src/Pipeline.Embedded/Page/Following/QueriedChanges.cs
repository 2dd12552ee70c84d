using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page.Following;

/// <summary>
/// Follows any store by queries, again and again: for emulators only, because each look reads documents. What comes and goes between two looks is not
/// told. After a failure everything is read anew: an emulator that was away may have come back without its documents.
/// </summary>
internal sealed class QueriedChanges : IChangeSource
{
    private const int JournalCapacity = 2000;

    private readonly ImmutableArray<FollowedCollection> _collections;
    private readonly ChangeJournal _journal;
    private bool _isWhole;

    /// <param name="collections">Those that are told of.</param>
    /// <param name="time">Sets the sequences of this process apart from those of the processes before it.</param>
    public QueriedChanges(IDocumentStore store, ImmutableArray<string> collections, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        _collections = ImmutableArray.CreateRange(collections, collection => new FollowedCollection(store, collection));
        _journal = new ChangeJournal(JournalCapacity, StoreTime.ToMicroseconds(time.GetUtcNow()));
    }

    /// <summary>The emulator goes through a whole collection for each query; a third of the time is what it may have for the page.</summary>
    public ChangePace Pace { get; } = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5), Restraint: 2);

    public async Task<ChangeLook> LookAsync(long? after, CancellationToken cancellationToken)
    {
        if (after is not { } last || !_isWhole)
        {
            return Anew(cancellationToken);
        }

        // Until the look has ended well, it is not known what was missed.
        _isWhole = false;
        foreach (var collection in _collections)
        {
            await collection.LookAsync(_journal, cancellationToken).ConfigureAwait(false);
        }

        _isWhole = true;
        if (_journal.Newest == last)
        {
            return ChangeLook.Nothing(last);
        }

        var changes = _journal.Read(last, int.MaxValue);
        return changes.IsEmpty ? Anew(cancellationToken) : ChangeLook.Further(changes, hasMore: false);
    }

    public Task<ImmutableArray<BoardChange>> ReadHistoryAsync(long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Task.FromResult(_journal.Read(after, limit));
    }

    private ChangeLook Anew(CancellationToken cancellationToken)
    {
        _isWhole = false;
        return ChangeLook.Anew(_journal.Restart(), ReadAllAsync(cancellationToken));
    }

    private async IAsyncEnumerable<DocumentSnapshot> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var collection in _collections)
        {
            await foreach (var document in collection.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return document;
            }
        }

        _isWhole = true;
    }
}
