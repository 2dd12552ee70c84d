using System.Collections.Immutable;
using Pipeline.Embedded.Page.Following;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Page;

/// <summary>
/// Results and the states of dead letters in memory, in the list's order and counted, so that a page of ten thousand documents opens at once. Changed
/// by one caller at a time; read by any number.
/// </summary>
internal sealed class DocumentBoard
{
    /// <summary>Rows that are kept; the oldest beyond them are left out.</summary>
    public const int DefaultCapacity = 50_000;

    private readonly Dictionary<string, string> _bucketsByResults;
    private readonly Dictionary<string, string> _bucketsByLetters;
    private readonly Dictionary<DocumentPath, BoardRow> _rows = [];
    private readonly Dictionary<DocumentPath, string> _letters = [];
    private readonly int _capacity;
    private BoardView _view = BoardView.Empty;

    public DocumentBoard(ImmutableArray<CollectionPair> pairs, int capacity = DefaultCapacity)
    {
        _bucketsByResults = pairs.ToDictionary(static pair => pair.Results, static pair => pair.Bucket, StringComparer.Ordinal);
        _bucketsByLetters = pairs.ToDictionary(static pair => pair.DeadLetters, static pair => pair.Bucket, StringComparer.Ordinal);
        _capacity = capacity;
    }

    public BoardView View => Volatile.Read(ref _view);

    /// <summary>The bucket whose results a collection holds, or null.</summary>
    public string? BucketOfResults(string collection) => _bucketsByResults.GetValueOrDefault(collection);

    /// <summary>The bucket whose dead letters a collection holds, or null.</summary>
    public string? BucketOfLetters(string collection) => _bucketsByLetters.GetValueOrDefault(collection);

    /// <summary>Begins anew with the documents that are there. Where reading them fails, the view stays, and the board must be loaded again.</summary>
    /// <param name="sequence">The last change that is surely in them.</param>
    public async Task LoadAsync(IAsyncEnumerable<DocumentSnapshot> documents, long sequence)
    {
        _rows.Clear();
        _letters.Clear();
        var editor = new Editor(this, BoardView.Empty);
        await foreach (var document in documents.ConfigureAwait(false))
        {
            editor.Put(document.Path, document.Fields, document.CreateTime);
        }

        Volatile.Write(ref _view, editor.Finish(sequence));
    }

    /// <summary>Takes in further changes, the oldest first. One that was seen before does no harm.</summary>
    public void Apply(ImmutableArray<BoardChange> changes)
    {
        var editor = new Editor(this, _view);
        foreach (var change in changes)
        {
            editor.Put(change.Path, change.Fields, change.Made);
        }

        Volatile.Write(ref _view, editor.Finish(changes[^1].Sequence));
    }

    /// <summary>The view in the making.</summary>
    private sealed class Editor(DocumentBoard board, BoardView before)
    {
        private readonly ImmutableSortedSet<BoardRow>.Builder _rows = before.Rows.ToBuilder();
        private readonly ImmutableSortedDictionary<string, int>.Builder _statuses = before.Statuses.ToBuilder();
        private readonly ImmutableSortedDictionary<string, int>.Builder _letters = before.Letters.ToBuilder();
        private bool _isWhole = before.IsWhole;

        public void Put(DocumentPath path, ImmutableSortedDictionary<string, DocumentValue>? fields, DateTimeOffset made)
        {
            if (board.BucketOfResults(path.Collection) is { } bucket)
            {
                PutRow(path, fields is null ? null : BoardRow.Read(bucket, path, fields, made));
            }
            else if (board.BucketOfLetters(path.Collection) is not null)
            {
                PutLetter(path, fields is null ? null : new ResultReader(fields).Text("state") ?? "parked");
            }
        }

        public BoardView Finish(long sequence) => new(sequence, _rows.ToImmutable(), _statuses.ToImmutable(), _letters.ToImmutable(), _isWhole);

        private void PutRow(DocumentPath path, BoardRow? row)
        {
            if (board._rows.Remove(path, out var old))
            {
                _rows.Remove(old);
                Count(_statuses, old.Status, -1);
            }

            if (row is null)
            {
                return;
            }

            board._rows[path] = row;
            _rows.Add(row);
            Count(_statuses, row.Status, 1);
            if (_rows.Count > board._capacity)
            {
                var oldest = _rows.Max!;
                _rows.Remove(oldest);
                board._rows.Remove(oldest.Path);
                Count(_statuses, oldest.Status, -1);
                _isWhole = false;
            }
        }

        private void PutLetter(DocumentPath path, string? state)
        {
            if (board._letters.Remove(path, out var old))
            {
                Count(_letters, old, -1);
            }

            if (state is not null)
            {
                board._letters[path] = state;
                Count(_letters, state, 1);
            }
        }

        private static void Count(ImmutableSortedDictionary<string, int>.Builder counts, string key, int change)
        {
            var count = counts.GetValueOrDefault(key) + change;
            if (count > 0)
            {
                counts[key] = count;
            }
            else
            {
                counts.Remove(key);
            }
        }
    }
}
