using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.SqliteDocuments;

public sealed partial class SqliteDocumentStore
{
    public async Task<CommitOutcome> CommitAsync(IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken)
    {
        DocumentRequests.Check(writes);
        try
        {
            return await _database.WriteAsync(connection => Commit(connection, writes), cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException exception)
        {
            throw Translate(exception, "commit", _options.Path);
        }
        catch (JsonException exception)
        {
            throw Damaged("commit", _options.Path, exception);
        }
    }

    private CommitOutcome Commit(SqliteConnection connection, IReadOnlyList<DocumentWrite> writes)
    {
        var before = writes.Select(write => DocumentTables.Find(connection, write.Path)).ToArray();
        for (var index = 0; index < before.Length; index++)
        {
            if (Refuse(writes[index], before[index]) is { } refused)
            {
                return refused;
            }
        }

        var time = NextCommitTime(connection);
        var updateTimes = ImmutableArray.CreateBuilder<DateTimeOffset>(before.Length);
        for (var index = 0; index < before.Length; index++)
        {
            updateTimes.Add(Apply(connection, writes[index], before[index], time));
        }

        DocumentTables.TrimHistory(connection, _options.HistoryLimit);
        return new CommitOutcome.Committed(time, updateTimes.MoveToImmutable());
    }

    private static CommitOutcome.Refused? Refuse(DocumentWrite write, DocumentSnapshot before) => write.Precondition switch
    {
        DocumentPrecondition.Existence { Exists: false } when before.Exists =>
            new CommitOutcome.Refused(CommitRefusal.AlreadyExists, $"'{write.Path}' exists, last updated {before.UpdateTime:O}."),
        DocumentPrecondition.Existence { Exists: true } when !before.Exists =>
            new CommitOutcome.Refused(CommitRefusal.NotFound, $"'{write.Path}' does not exist."),
        DocumentPrecondition.Version version when !before.Exists || before.UpdateTime != version.UpdateTime =>
            new CommitOutcome.Refused(
                CommitRefusal.FailedPrecondition,
                $"'{write.Path}' {(before.Exists ? $"was last updated {before.UpdateTime:O}" : "does not exist")}, the commit is based on {version.UpdateTime:O}."),
        _ => null,
    };

    private DateTimeOffset NextCommitTime(SqliteConnection connection)
    {
        var time = Math.Max(DocumentTables.LastCommit(connection) + 1, StoreTime.ToMicroseconds(_time.GetUtcNow()));
        DocumentTables.SetLastCommit(connection, time);
        return StoreTime.FromMicroseconds(time);
    }

    /// <summary>Applies one write and answers the document's update time.</summary>
    private static DateTimeOffset Apply(SqliteConnection connection, DocumentWrite write, DocumentSnapshot before, DateTimeOffset time)
    {
        if (write is not DocumentWrite.Set set)
        {
            if (before.Exists)
            {
                DocumentTables.Delete(connection, before, time);
            }

            return time;
        }

        var fields = DocumentFields.Apply(set, before.Fields, time);
        if (before.Fields is { } old && old.SequenceEqual(fields))
        {
            return before.UpdateTime;
        }

        DocumentTables.Put(connection, before, new DocumentSnapshot(set.Path, fields, before.Exists ? before.CreateTime : time, time));
        return time;
    }
}
