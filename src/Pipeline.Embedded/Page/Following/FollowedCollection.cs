using System.Runtime.CompilerServices;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page.Following;

/// <summary>
/// One collection, and the version of each of its documents that was read last. A small one is read whole with each look. Of a larger one a look asks
/// for what was updated of late, which shows changes at once, and reads one further page, round after round: that finds whatever the question cannot
/// see, and what is gone. Reads are strong and follow one another, so a document is never told in an older version than before.
/// </summary>
internal sealed class FollowedCollection
{
    /// <summary>Documents of a round that one look reads; a collection of fewer is read whole each time.</summary>
    public const int RoundPage = 100;

    private const int LargestPage = 300;
    private const string UpdatedAt = "updatedAt";

    /// <summary>The time of an update is taken when a commit is received; it can be read a little later, behind updates that were received after it.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromSeconds(2);

    private readonly IDocumentStore _store;
    private readonly string _name;
    private readonly Dictionary<string, Sighting> _known = new(StringComparer.Ordinal);
    private DateTimeOffset _since;
    private DocumentSnapshot? _place;
    private int _round;

    public FollowedCollection(IDocumentStore store, string name)
    {
        _store = store;
        _name = name;
    }

    /// <summary>All documents; the looks tell what changes from here on.</summary>
    public async IAsyncEnumerable<DocumentSnapshot> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _known.Clear();
        _place = null;
        var isFirst = true;
        await foreach (var page in CollectionPages.ReadAsync(_store, _name, LargestPage, cancellationToken).ConfigureAwait(false))
        {
            _since = isFirst ? page.ReadTime : _since;
            isFirst = false;
            foreach (var document in page.Documents)
            {
                _known[document.Path.Id] = new Sighting(document.UpdateTime, _round);
                yield return document;
            }
        }
    }

    /// <summary>Tells what is new.</summary>
    /// <exception cref="DocumentStoreException">No answer.</exception>
    public async Task LookAsync(ChangeJournal journal, CancellationToken cancellationToken)
    {
        // What was updated in a small collection is among the one page that it has.
        if (_known.Count >= RoundPage || _place is not null || !await ReadRoundAsync(journal, cancellationToken).ConfigureAwait(false))
        {
            await ReadUpdatedAsync(journal, cancellationToken).ConfigureAwait(false);
            await ReadRoundAsync(journal, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadUpdatedAsync(ChangeJournal journal, CancellationToken cancellationToken)
    {
        var filter = new DocumentFilter(UpdatedAt, DocumentFilterOperator.GreaterThanOrEqual, _since - LookBack);
        DateTimeOffset? begin = null;
        DocumentReadResult page;
        DocumentSnapshot? last = null;
        do
        {
            var query = new DocumentQuery(_name, [filter], UpdatedAt, Descending: false, LargestPage, last);
            page = await _store.QueryAsync(query, cancellationToken).ConfigureAwait(false);
            begin ??= page.ReadTime;
            Note(page, journal);
            last = page.Documents.LastOrDefault();
        }
        while (page.Documents.Length == LargestPage);

        // What changed while later pages were read may have missed them.
        _since = begin.Value;
    }

    /// <returns>Whether this was the whole collection.</returns>
    private async Task<bool> ReadRoundAsync(ChangeJournal journal, CancellationToken cancellationToken)
    {
        var isFirst = _place is null;
        _round += isFirst ? 1 : 0;
        var page = await CollectionPages.ReadAsync(_store, _name, RoundPage, _place, cancellationToken).ConfigureAwait(false);
        Note(page, journal);
        var isLast = page.Documents.Length < RoundPage;
        _place = isLast ? null : page.Documents[^1];
        if (isLast)
        {
            ForgetUnseen(journal);
        }

        _since = isFirst && isLast ? page.ReadTime : _since;
        return isFirst && isLast;
    }

    /// <summary>What a whole round has not met is gone.</summary>
    private void ForgetUnseen(ChangeJournal journal)
    {
        foreach (var (id, sighting) in _known)
        {
            if (sighting.Round != _round)
            {
                _known.Remove(id);
                journal.Add(new DocumentPath(_name, id), null);
            }
        }
    }

    private void Note(DocumentReadResult page, ChangeJournal journal)
    {
        foreach (var document in page.Documents)
        {
            var isNew = !_known.TryGetValue(document.Path.Id, out var sighting) || sighting.Version != document.UpdateTime;
            _known[document.Path.Id] = new Sighting(document.UpdateTime, _round);
            if (isNew)
            {
                journal.Add(document.Path, document);
            }
        }
    }

    /// <param name="Round">The last round in which the document was seen.</param>
    private readonly record struct Sighting(DateTimeOffset Version, int Round);
}
