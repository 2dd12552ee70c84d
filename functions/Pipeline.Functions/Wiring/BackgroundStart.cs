using Pipeline.Worker.Documents;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Uploads;

namespace Pipeline.Functions.Wiring;

/// <summary>
/// Loads the models and opens the stores behind the open port, as far as the target needs them. What fails here is tried again by the first request
/// that needs it.
/// </summary>
internal sealed partial class BackgroundStart : BackgroundService
{
    private readonly TargetNeeds _needs;
    private readonly ModelRegistry _models;
    private readonly EmbeddedDocuments _documents;
    private readonly EmbeddedObjects _objects;
    private readonly ILogger<BackgroundStart> _logger;

    public BackgroundStart(
        TargetNeeds needs, ModelRegistry models, EmbeddedDocuments documents, EmbeddedObjects objects, ILogger<BackgroundStart> logger)
    {
        ArgumentNullException.ThrowIfNull(needs);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(logger);
        _needs = needs;
        _models = models;
        _documents = documents;
        _objects = objects;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (_needs.Models)
        {
            _models.Start();
        }

        if (_needs.Stores)
        {
            await TryAsync(_documents.OpenAsync, stoppingToken);
            await TryAsync(_objects.OpenAsync, stoppingToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> open, CancellationToken stoppingToken)
    {
        try
        {
            await open(stoppingToken);
        }
        catch (Exception exception) when (exception is DocumentStoreException or ObjectStoreException)
        {
            Log.NotOpened(_logger, exception, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Not opened at the start, and tried again when it is needed: {Reason}")]
        public static partial void NotOpened(ILogger logger, Exception exception, string reason);
    }
}
