using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>
/// Notices what people do in the folder: by the system's notifications at once, and by comparing everything at the start and from time to time,
/// since notifications can be lost.
/// </summary>
internal sealed partial class FolderWatcher : IDisposable
{
    private const int MaxNoticed = 10_000;

    private readonly FolderReconciler _reconciler;
    private readonly ObjectCatalog _catalog;
    private readonly FolderLayout _layout;
    private readonly FolderBucketOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly List<FileSystemWatcher> _notifications = [];
    private readonly Dictionary<(string Bucket, string Name), Sighting> _pending = [];
    private readonly ConcurrentDictionary<(string Bucket, string Name), bool> _noticed = [];
    private readonly WakeSignal _wake = new();

    private volatile bool _rescanWanted = true;
    private long? _lastRescan;

    public FolderWatcher(FolderObjectWriter writer, TimeProvider time, ILogger<FolderWatcher> logger)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _reconciler = writer.Reconciler;
        _catalog = writer.Catalog;
        _layout = writer.Layout;
        _options = writer.Options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        StopNotifications();
        StartNotifications();
        using var timer = _time.CreateTimer(_ => RequestRescan(), null, _options.RescanInterval, _options.RescanInterval);
        while (!cancellationToken.IsCancellationRequested)
        {
            await PassAsync(cancellationToken).ConfigureAwait(false);
            var busy = _pending.Count > 0 || _rescanWanted;
            await _wake.WaitAsync(busy ? _options.SettleTime : null, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        StopNotifications();
        _wake.Dispose();
    }

    /// <summary>Looks once at everything that may have changed.</summary>
    internal async Task PassAsync(CancellationToken cancellationToken)
    {
        if (_rescanWanted && (_lastRescan is not { } last || _time.GetElapsedTime(last) >= _options.SettleTime))
        {
            _rescanWanted = false;
            await RescanAsync(cancellationToken).ConfigureAwait(false);
            _lastRescan = _time.GetTimestamp();
        }

        foreach (var change in _noticed.Keys)
        {
            _noticed.TryRemove(change, out _);
            _pending.TryAdd(change, default);
        }

        foreach (var (key, sighting) in _pending.ToArray())
        {
            if (sighting.Stamp is null || _time.GetElapsedTime(sighting.Since) >= _options.SettleTime)
            {
                await LookAsync(key, sighting.Stamp, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task LookAsync((string Bucket, string Name) key, FileStamp? seen, CancellationToken cancellationToken)
    {
        try
        {
            var result = await _reconciler.TryReconcileAsync(key.Bucket, key.Name, seen, cancellationToken).ConfigureAwait(false);
            if (result.Unsettled is { } stamp)
            {
                _pending[key] = new Sighting(stamp, _time.GetTimestamp());
                return;
            }

            // A name without object and file may have been a folder that was moved away with all that was in it.
            _rescanWanted |= result.Object is null && await HasBelowAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseException)
        {
            Log.NotTakenIn(_logger, key.Bucket, key.Name, exception.Message);
        }

        _pending.Remove(key);
    }

    private Task<bool> HasBelowAsync((string Bucket, string Name) key, CancellationToken cancellationToken) => _catalog.ReadAsync(
        connection => ObjectTables.List(connection, key.Bucket, NameRange.Of(key.Name + "/"), after: null, limit: 1).Length > 0, cancellationToken);

    /// <summary>Compares every file with the catalogue; what differs is looked at in the pass.</summary>
    private async Task RescanAsync(CancellationToken cancellationToken)
    {
        foreach (var bucket in _options.Buckets)
        {
            try
            {
                var folder = _layout.BucketPath(bucket);
                var known = await KnownAsync(bucket, cancellationToken).ConfigureAwait(false);
                foreach (var (name, stamp) in FolderScan.Files(folder, folder))
                {
                    if (ObjectNames.IsValid(name) && (!known.Remove(name, out var expected) || expected != stamp))
                    {
                        _pending.TryAdd((bucket, name), default);
                    }
                }

                foreach (var name in known.Keys)
                {
                    _pending.TryAdd((bucket, name), default);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseException)
            {
                Log.NotCompared(_logger, bucket, exception);
            }
        }
    }

    private async Task<Dictionary<string, FileStamp>> KnownAsync(string bucket, CancellationToken cancellationToken)
    {
        var objects = await _catalog.ReadAsync(
            connection => ObjectTables.List(connection, bucket, NameRange.Of(string.Empty), after: null, int.MaxValue), cancellationToken).ConfigureAwait(false);
        return objects.ToDictionary(stored => stored.Version.Name, stored => stored.Stamp, StringComparer.Ordinal);
    }

    private void StopNotifications()
    {
        foreach (var watcher in _notifications)
        {
            watcher.Dispose();
        }

        _notifications.Clear();
    }

    private void StartNotifications()
    {
        foreach (var bucket in _options.Buckets)
        {
            try
            {
                var folder = _layout.BucketPath(bucket);
                var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
                watcher.Created += (_, change) => Notice(bucket, folder, change.FullPath);
                watcher.Changed += (_, change) => Notice(bucket, folder, change.FullPath);
                watcher.Deleted += (_, change) => Notice(bucket, folder, change.FullPath);
                watcher.Renamed += (_, change) =>
                {
                    Notice(bucket, folder, change.OldFullPath);
                    Notice(bucket, folder, change.FullPath);
                };
                watcher.Error += (_, _) => RequestRescan();
                watcher.EnableRaisingEvents = true;
                _notifications.Add(watcher);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Log.NoNotifications(_logger, bucket, _options.RescanInterval, exception.Message);
            }
        }
    }

    private void Notice(string bucket, string folder, string path)
    {
        if (Directory.Exists(path))
        {
            NoticeBelow(bucket, folder, path);
        }
        else
        {
            NoticeFile(bucket, FolderScan.ToName(folder, path));
        }

        _wake.Set();
    }

    /// <summary>A folder may have come with files that nobody speaks of.</summary>
    private void NoticeBelow(string bucket, string folder, string path)
    {
        try
        {
            foreach (var (name, _) in FolderScan.Files(folder, path))
            {
                NoticeFile(bucket, name);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _rescanWanted = true;
        }
    }

    private void NoticeFile(string bucket, string name)
    {
        if (_noticed.Count >= MaxNoticed)
        {
            _rescanWanted = true;
        }
        else if (ObjectNames.IsValid(name) && _layout.FindPlainPath(bucket, name) is not null)
        {
            _noticed[(bucket, name)] = true;
        }
    }

    private void RequestRescan()
    {
        _rescanWanted = true;
        _wake.Set();
    }

    private readonly record struct Sighting(FileStamp? Stamp, long Since);
}
