using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

public sealed partial class FolderObjectStore
{
    /// <summary>Events whose delivery was given up, the oldest first.</summary>
    /// <param name="limit">At least 1.</param>
    /// <exception cref="ObjectStoreException">The folder's database gives no answer.</exception>
    public Task<ImmutableArray<GivenUpEvent>> ListGivenUpAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return AskAsync(
            () => _catalog.ReadAsync<ImmutableArray<GivenUpEvent>>(
                connection => [.. EventTables.Dead(connection, limit).Select(static stored => new GivenUpEvent(
                    stored.Id, stored.Type, stored.Bucket, stored.Name, stored.Time, stored.Attempts, stored.LastError))],
                cancellationToken));
    }

    /// <summary>
    /// Has an event delivered once more, by whichever process delivers. It keeps its age: if that delivery fails too, it is given up again.
    /// </summary>
    /// <returns>False where no given-up event has this id.</returns>
    /// <exception cref="ObjectStoreException">The folder's database gives no answer.</exception>
    public Task<bool> RedeliverAsync(string id, CancellationToken cancellationToken) =>
        ChangeGivenUpAsync(id, static (connection, id) => EventTables.Revive(connection, id), cancellationToken);

    /// <summary>Forgets an event whose delivery was given up.</summary>
    /// <returns>False where no given-up event has this id.</returns>
    /// <exception cref="ObjectStoreException">The folder's database gives no answer.</exception>
    public Task<bool> ForgetGivenUpAsync(string id, CancellationToken cancellationToken) =>
        ChangeGivenUpAsync(id, static (connection, id) => EventTables.Forget(connection, id), cancellationToken);

    private Task<bool> ChangeGivenUpAsync(string id, Func<SqliteConnection, string, int> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return AskAsync(async () => await _catalog.ChangeAsync(connection => change(connection, id), cancellationToken).ConfigureAwait(false) > 0);
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (DatabaseException exception)
        {
            throw Translate(exception, string.Join(", ", _options.Buckets), string.Empty);
        }
    }
}
