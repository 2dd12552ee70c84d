using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded.Delivery;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded;

/// <summary>
/// What the cloud does around the worker, on this machine: takes uploads into a folder, notices files that people put there, brings events to the
/// worker and calls its maintenance. One process a folder.
/// </summary>
public sealed partial class LocalPlatform : BackgroundService
{
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);

    private readonly FolderWatcher _watcher;
    private readonly EventDelivery _delivery;
    private readonly LocalScheduler _scheduler;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private LocalPlatform(FolderObjectWriter objects, HttpClient http, LocalPlatformOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        Objects = objects;
        _watcher = new FolderWatcher(objects, time, loggers.CreateLogger<FolderWatcher>());
        _delivery = new EventDelivery(objects, http, options.Delivery, time, loggers.CreateLogger<EventDelivery>());
        _scheduler = new LocalScheduler(http, options.Scheduler, time, loggers.CreateLogger<LocalScheduler>());
        _time = time;
        _logger = loggers.CreateLogger<LocalPlatform>();
    }

    /// <summary>For the endpoint, and for reading in this process.</summary>
    public FolderObjectWriter Objects { get; }

    /// <summary>Opens the folder. Nothing runs until the service is started.</summary>
    /// <param name="http">Used for events and maintenance; without a time-out of its own.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message names everything.</exception>
    /// <exception cref="FolderInUseException">Another process takes uploads into this folder.</exception>
    /// <exception cref="Sqlite.InvalidDatabaseException">The folder's database is damaged, or of another format.</exception>
    /// <exception cref="Worker.Uploads.ObjectStoreException">The folder cannot be opened.</exception>
    public static async Task<LocalPlatform> OpenAsync(
        LocalPlatformOptions options, HttpClient http, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(loggers);
        var faults = options.Validate().ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        }

        var objects = await FolderObjectWriter.OpenAsync(
            options.Folder, time, loggers.CreateLogger<FolderObjectWriter>(), cancellationToken).ConfigureAwait(false);
        return new LocalPlatform(objects, http, options, time, loggers);
    }

    /// <summary>Calls the maintenance now instead of at its next time.</summary>
    public void MaintainSoon() => _scheduler.RunSoon();

    public override void Dispose()
    {
        base.Dispose();
        _watcher.Dispose();
        _delivery.Dispose();
        _scheduler.Dispose();
        Objects.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        KeepRunningAsync("folder watcher", _watcher.RunAsync, stoppingToken),
        KeepRunningAsync("event delivery", _delivery.RunAsync, stoppingToken),
        KeepRunningAsync("scheduler", _scheduler.RunAsync, stoppingToken),
        KeepRunningAsync("sweep of unfinished uploads", Objects.Sessions.KeepSweptAsync, stoppingToken));

    /// <summary>A fault that nobody foresaw stops one part for a second, never the process.</summary>
    private async Task KeepRunningAsync(string part, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await run(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The process lives; the fault is logged whole.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.PartFailed(_logger, part, exception);
                await Task.Delay(RestartDelay, _time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The {Part} failed and is started again.")]
        public static partial void PartFailed(ILogger logger, string part, Exception exception);
    }
}
