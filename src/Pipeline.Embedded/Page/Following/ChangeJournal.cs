using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Page.Following;

/// <summary>The last changes that were found, in memory. Written by one caller at a time, read by any number.</summary>
internal sealed class ChangeJournal
{
    private readonly Lock _lock = new();
    private readonly BoardChange?[] _ring;
    private long _newest;
    private int _count;

    /// <param name="capacity">How many changes are kept.</param>
    /// <param name="first">The sequence before the first change; one that no earlier journal has reached.</param>
    public ChangeJournal(int capacity, long first)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _ring = new BoardChange[capacity];
        _newest = first;
    }

    /// <summary>The sequence of the last change.</summary>
    public long Newest
    {
        get
        {
            lock (_lock)
            {
                return _newest;
            }
        }
    }

    public void Add(DocumentPath path, DocumentSnapshot? document)
    {
        lock (_lock)
        {
            _newest++;
            _ring[_newest % _ring.Length] = new BoardChange(_newest, path, document?.Fields, document?.CreateTime ?? default);
            _count = Math.Min(_count + 1, _ring.Length);
        }
    }

    /// <summary>Forgets all changes, so that whoever follows them must read everything anew.</summary>
    /// <returns>The sequence to go on from.</returns>
    public long Restart()
    {
        lock (_lock)
        {
            Array.Clear(_ring);
            _count = 0;
            return ++_newest;
        }
    }

    /// <summary>What came after a change without a gap, the oldest first; nothing where nothing came, or where it is not kept any more.</summary>
    public ImmutableArray<BoardChange> Read(long after, int limit)
    {
        lock (_lock)
        {
            var missing = _newest - after;
            if (missing <= 0 || missing > _count)
            {
                return [];
            }

            var changes = ImmutableArray.CreateBuilder<BoardChange>((int)Math.Min(missing, limit));
            for (var sequence = after + 1; changes.Count < changes.Capacity; sequence++)
            {
                changes.Add(_ring[sequence % _ring.Length]!);
            }

            return changes.MoveToImmutable();
        }
    }
}
