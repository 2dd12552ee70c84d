using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Documents;

/// <summary>
/// A document store in memory with the port's exact semantics, a history and counters. Times come from its own <see cref="TimeProvider"/>:
/// each commit's is max(now, last + 1 µs), whatever the clock does. Safe for concurrent use.
/// </summary>
public sealed class InMemoryDocumentStore : IDocumentStore
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<DocumentPath, DocumentSnapshot> _documents = [];
    private readonly List<CommitRecord> _history = [];
    private DateTimeOffset _lastTime;
    private StoreCounters _counters;

    public InMemoryDocumentStore(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
    }

    /// <summary>All accepted commits so far, oldest first.</summary>
    public ImmutableArray<CommitRecord> History
    {
        get
        {
            lock (_lock)
            {
                return [.. _history];
            }
        }
    }

    public StoreCounters Counters
    {
        get
        {
            lock (_lock)
            {
                return _counters;
            }
        }
    }

    /// <summary>The documents of a collection as they are, by id. Not counted.</summary>
    public ImmutableArray<DocumentSnapshot> Peek(string collection)
    {
        lock (_lock)
        {
            return [.. InCollection(collection).OrderBy(static document => document.Path.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>A document as it is, existing or not. Not counted.</summary>
    public DocumentSnapshot Peek(DocumentPath path)
    {
        lock (_lock)
        {
            return Find(path);
        }
    }

    public Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DocumentRequests.Check(paths);
        lock (_lock)
        {
            _counters = _counters with { Reads = _counters.Reads + paths.Count, Gets = _counters.Gets + 1 };
            return Task.FromResult(new DocumentReadResult(ReadTime(), [.. paths.Select(Find)]));
        }
    }

    public Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DocumentRequests.Check(writes);
        lock (_lock)
        {
            return Task.FromResult(Commit(writes));
        }
    }

    public Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DocumentRequests.Check(query);
        lock (_lock)
        {
            var found = QueryEvaluation.Run(query, InCollection(query.Collection));
            _counters = _counters with { Reads = _counters.Reads + Math.Max(1, found.Length), Queries = _counters.Queries + 1 };
            return Task.FromResult(new DocumentReadResult(ReadTime(), found));
        }
    }

    private CommitOutcome Commit(IReadOnlyList<DocumentWrite> writes)
    {
        foreach (var write in writes)
        {
            if (Refusal(write) is { } refusal)
            {
                _counters = _counters with { Refusals = _counters.Refusals + 1 };
                return refusal;
            }
        }

        var time = NextTime();
        var changes = ImmutableArray.CreateBuilder<DocumentChange>(writes.Count);
        foreach (var write in writes)
        {
            var before = Find(write.Path);
            var after = Apply(write, before, time);
            changes.Add(new DocumentChange(before, after));
            if (after.Exists)
            {
                _documents[write.Path] = after;
            }
            else
            {
                _documents.Remove(write.Path);
            }
        }

        var record = new CommitRecord(time, [.. writes], changes.ToImmutable());
        _history.Add(record);
        _counters = _counters with { Writes = _counters.Writes + writes.Count, Commits = _counters.Commits + 1 };
        return new CommitOutcome.Committed(time, [.. record.Changes.Select(change => change.After.Exists ? change.After.UpdateTime : time)]);
    }

    private CommitOutcome.Refused? Refusal(DocumentWrite write)
    {
        var current = Find(write.Path);
        return write.Precondition switch
        {
            DocumentPrecondition.Existence { Exists: false } when current.Exists =>
                new CommitOutcome.Refused(CommitRefusal.AlreadyExists, $"'{write.Path}' exists."),
            DocumentPrecondition.Existence { Exists: true } or DocumentPrecondition.Version when !current.Exists =>
                new CommitOutcome.Refused(CommitRefusal.NotFound, $"'{write.Path}' does not exist."),
            DocumentPrecondition.Version version when version.UpdateTime != current.UpdateTime =>
                new CommitOutcome.Refused(
                    CommitRefusal.FailedPrecondition,
                    $"'{write.Path}' was updated at {current.UpdateTime:O}, not at {version.UpdateTime:O}."),
            _ => null,
        };
    }

    private static DocumentSnapshot Apply(DocumentWrite write, DocumentSnapshot before, DateTimeOffset time)
    {
        if (write is not DocumentWrite.Set set)
        {
            return new DocumentSnapshot(write.Path, null, default, default);
        }

        var fields = DocumentFields.Apply(set, before.Fields, time);
        return before.Fields is { } old && old.SequenceEqual(fields)
            ? before
            : new DocumentSnapshot(write.Path, fields, before.Exists ? before.CreateTime : time, time);
    }

    private IEnumerable<DocumentSnapshot> InCollection(string collection) =>
        _documents.Values.Where(document => document.Path.Collection == collection);

    private DocumentSnapshot Find(DocumentPath path) => _documents.GetValueOrDefault(path) ?? new DocumentSnapshot(path, null, default, default);

    private DateTimeOffset NextTime()
    {
        var now = new DocumentValue.TimestampValue(_time.GetUtcNow()).Value;
        var next = _lastTime.AddMicroseconds(1);
        return _lastTime = now > next ? now : next;
    }

    private DateTimeOffset ReadTime()
    {
        var now = new DocumentValue.TimestampValue(_time.GetUtcNow()).Value;
        return now > _lastTime ? now : _lastTime;
    }
}
