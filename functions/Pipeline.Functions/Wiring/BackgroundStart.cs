using Pipeline.Worker.Documents;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Wiring;

/// <summary>
/// Loads the models and opens the stores behind the open port, as far as the target needs them. What fails is tried again here, and by each request
/// that needs it: an instance that is not ready may get no request.
/// </summary>
internal sealed partial class BackgroundStart : BackgroundService
{
    private static readonly TimeSpan OpenAgainAfter = TimeSpan.FromSeconds(2);

    private readonly TargetNeeds _needs;
    private readonly ModelRegistry _models;
    private readonly IEnumerable<IStoreOpening> _stores;
    private readonly ModelStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<BackgroundStart> _logger;

    public BackgroundStart(
        TargetNeeds needs,
        ModelRegistry models,
        IEnumerable<IStoreOpening> stores,
        ModelStoreOptions options,
        TimeProvider time,
        ILogger<BackgroundStart> logger)
    {
        ArgumentNullException.ThrowIfNull(needs);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _needs = needs;
        _models = models;
        _stores = stores;
        _options = options;
        _time = time;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var models = _needs.Models ? LoadAsync(stoppingToken) : Task.CompletedTask;
        var stores = _needs.Stores ? _stores.Select(store => OpenAsync(store.OpenAsync, stoppingToken)) : [];
        await Task.WhenAll([models, .. stores]);
    }

    private async Task LoadAsync(CancellationToken stoppingToken)
    {
        _models.Start();
        var watch = _models.WatchAsync(stoppingToken);
        while (!_models.IsReady)
        {
            await Task.Delay(_options.RetryAfter, _time, stoppingToken);
            _models.Start();
        }

        await watch;
    }

    private async Task OpenAsync(Func<CancellationToken, Task> open, CancellationToken stoppingToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                await open(stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is DocumentStoreException or ObjectStoreException)
            {
                Log.NotOpened(_logger, isFirst ? LogLevel.Error : LogLevel.Debug, exception, exception.Message);
            }

            await Task.Delay(OpenAgainAfter, _time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "Not opened, and tried again every few seconds: {Reason}")]
        public static partial void NotOpened(ILogger logger, LogLevel level, Exception exception, string reason);
    }
}
