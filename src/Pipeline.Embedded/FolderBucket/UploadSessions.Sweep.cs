using Pipeline.Embedded.Sqlite;

namespace Pipeline.Embedded.FolderBucket;

internal sealed partial class UploadSessions
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Removes uploads whose time is up, from time to time, until it is cancelled.</summary>
    public async Task KeepSweptAsync(CancellationToken cancellationToken)
    {
        var lifetime = _objects.Options.UploadLifetime;
        while (true)
        {
            await Task.Delay(lifetime < LongestWait ? lifetime : LongestWait, _time, cancellationToken).ConfigureAwait(false);
            await SweepAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes uploads whose time is up. One that a request is sending to is left for the next time.</summary>
    /// <exception cref="DatabaseException">The catalogue gives no answer.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var expired = await _objects.Catalog.ReadAsync(connection => SessionTables.Expired(connection, now), cancellationToken).ConfigureAwait(false);
        foreach (var id in expired)
        {
            var turn = new UploadTurn(_time);
            if (!_turns.TryAdd(id, turn))
            {
                continue;
            }

            try
            {
                await DropAsync(id, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Leave(id, turn);
            }
        }
    }

    /// <summary>Removes what a killed process has left of uploads that are no more; the others go on.</summary>
    internal async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await SweepAsync(cancellationToken).ConfigureAwait(false);
        var known = await _objects.Catalog.ReadAsync(SessionTables.All, cancellationToken).ConfigureAwait(false);
        foreach (var path in Directory.EnumerateFiles(_objects.Layout.UploadFolder).Where(path => !known.Contains(Path.GetFileName(path))).ToArray())
        {
            File.Delete(path);
        }
    }
}
