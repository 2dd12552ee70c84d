using Pipeline.Embedded.Sqlite;

namespace Pipeline.Embedded.FolderBucket;

public sealed partial class FolderObjectWriter
{
    /// <summary>
    /// Changes what is said of an object, not its bytes: the metageneration rises by one. No event is recorded, since no part of the worker would be
    /// called for one.
    /// </summary>
    /// <param name="generation">Only this generation, or null for the live one.</param>
    /// <param name="change">Gives the new description for the one that is there. It may be called in a transaction that fails.</param>
    /// <exception cref="ObjectWriteException">Nothing was changed.</exception>
    internal async Task<StoredObject> UpdateAsync(
        string bucket,
        string name,
        long? generation,
        GenerationConditions conditions,
        Func<ObjectDescription, ObjectDescription> change,
        CancellationToken cancellationToken)
    {
        CheckNames(bucket, name);
        try
        {
            await _reconciler.TryReconcileAsync(bucket, name, seen: null, cancellationToken).ConfigureAwait(false);
            return await _catalog.WriteAsync(
                connection =>
                {
                    var live = FindForChange(connection, bucket, name, generation, conditions);
                    var description = change(live.Description);
                    if (description.FindFault() is { } fault)
                    {
                        throw new ObjectWriteException(ObjectWriteError.InvalidDescription, bucket, name, fault);
                    }

                    var now = StoreTime.FromMicroseconds(StoreTime.ToMicroseconds(_time.GetUtcNow()));
                    var changed = live with
                    {
                        Description = description,
                        Metageneration = live.Metageneration + 1,
                        Updated = now > live.Updated ? now : live.Updated,
                    };
                    ObjectTables.Put(connection, changed);
                    return changed;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseException)
        {
            throw Translate(exception, bucket, name);
        }
    }
}
