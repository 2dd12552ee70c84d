using Microsoft.Data.Sqlite;
using Pipeline.Embedded.Sqlite;

namespace Pipeline.Embedded.FolderBucket;

public sealed partial class FolderObjectWriter
{
    /// <summary>Removes an object. Its event is recorded with the removal.</summary>
    /// <param name="generation">Only this generation, or null for the live one.</param>
    /// <exception cref="ObjectWriteException">Nothing was removed.</exception>
    public async Task DeleteAsync(string bucket, string name, long? generation, GenerationConditions conditions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        CheckNames(bucket, name);
        await _publishTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _reconciler.TryReconcileAsync(bucket, name, seen: null, cancellationToken).ConfigureAwait(false);
            var removed = await _catalog.ChangeAsync(
                connection =>
                {
                    var live = FindForChange(connection, bucket, name, generation, conditions);
                    ObjectTables.PutLeftover(connection, bucket, name, live.Stamp);
                    _catalog.Remove(connection, live);
                    return live;
                },
                cancellationToken).ConfigureAwait(false);
            await RemoveFilesAsync(removed).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseException)
        {
            throw Translate(exception, bucket, name);
        }
        finally
        {
            _publishTurn.Release();
        }
    }

    /// <exception cref="ObjectWriteException">There is no such object, or a condition does not hold.</exception>
    private static StoredObject FindForChange(
        SqliteConnection connection, string bucket, string name, long? generation, GenerationConditions conditions)
    {
        var live = ObjectTables.Find(connection, bucket, name);
        if (live is null || (generation is not null && generation != live.Version.Generation))
        {
            throw new ObjectWriteException(ObjectWriteError.NotFound, bucket, name, "there is no such object.");
        }

        return conditions.Check(live) is { } fault
            ? throw new ObjectWriteException(ObjectWriteError.ConditionNotMet, bucket, name, fault.Message)
            : live;
    }

    /// <summary>The catalogue has forgotten the object already: a file that stays is noted as a leftover and removed at the next start.</summary>
    private async Task RemoveFilesAsync(StoredObject removed)
    {
        var (bucket, name, generation) = removed.Version;
        try
        {
            File.Delete(_layout.ContentPath(bucket, generation));
            if (_files.FindPlain(bucket, name) is { } plain && plain.Stamp == removed.Stamp)
            {
                File.Delete(plain.Path);
            }

            await ForgetLeftoverAsync(bucket, name).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseException)
        {
            Log.CleanUpFailed(_logger, bucket, name, exception);
        }
    }
}
