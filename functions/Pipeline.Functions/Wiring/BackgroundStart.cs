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
    private readonly EmbeddedDocuments _documents;
    private readonly EmbeddedObjects _objects;
    private readonly ModelStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<BackgroundStart> _logger;

    public BackgroundStart(
        TargetNeeds needs,
        ModelRegistry models,
        EmbeddedDocuments documents,
        EmbeddedObjects objects,
        ModelStoreOptions options,
        TimeProvider time,
        ILogger<BackgroundStart> logger)
    {
        ArgumentNullException.ThrowIfNull(needs);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _needs = needs;
        _models = models;
        _documents = documents;
        _objects = objects;
        _options = options;
        _time = time;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var models = _needs.Models ? LoadAsync(stoppingToken) : Task.CompletedTask;
        var documents = _needs.Stores ? OpenAsync(_documents.OpenAsync, stoppingToken) : Task.CompletedTask;
        var objects = _needs.Stores ? OpenAsync(_objects.OpenAsync, stoppingToken) : Task.CompletedTask;
        await Task.WhenAll(models, documents, objects);
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
