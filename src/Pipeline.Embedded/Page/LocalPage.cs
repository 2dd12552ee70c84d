using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pipeline.Worker;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Embedded.Page;

/// <summary>
/// The page of one machine: what was uploaded and what became of it, live, with retries and dead letters. A hosted service that follows the
/// documents; <see cref="LocalPageRoutes"/> puts it on the web. It has no authentication: for the loopback address only.
/// </summary>
public sealed class LocalPage : BackgroundService
{
    private readonly ChangeFeed _feed;
    private readonly PictureViewer _viewer;

    /// <param name="worker">Does what operators ask for.</param>
    /// <param name="options">The worker's.</param>
    /// <param name="classification">Limits of pictures that are shown.</param>
    /// <param name="models">Those that the worker classifies with.</param>
    /// <param name="documents">The worker's, and how they are followed.</param>
    /// <param name="platform">Holds the objects, and runs the sweep after a retry.</param>
    public LocalPage(
        UploadWorker worker,
        WorkerOptions options,
        ClassificationOptions classification,
        ModelRegistry models,
        PageDocuments documents,
        LocalPlatform platform,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(classification);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(loggers);
        var source = documents.Follow([.. worker.Rules.Pairs.SelectMany(static pair => (string[])[pair.Results, pair.DeadLetters])], time);
        _feed = new ChangeFeed(source, new DocumentBoard(worker.Rules.Pairs), time, loggers.CreateLogger<ChangeFeed>());
        _viewer = new PictureViewer(models, classification, time);
        var maxBytes = Math.Min(options.MaxBytes, classification.MaxBytes);
        Assets = new PageAssets();
        Models = new ModelCalls(models);
        Setup = new SetupCall(worker.Rules, options, maxBytes, documents.Place);
        Documents = new DocumentCalls(_feed, documents.Store, worker.Rules, worker.DeadLetters, platform.MaintainSoon);
        Letters = new LetterCalls(worker.Rules, worker.DeadLetters, platform.MaintainSoon);
        Pictures = new PictureCalls(platform.Objects.Objects, _viewer, worker.Rules, maxBytes);
        Events = new EventStream(_feed, source, Models, documents.Place, time);
        Logger = loggers.CreateLogger<LocalPage>();
    }

    internal PageAssets Assets { get; }

    internal SetupCall Setup { get; }

    internal ModelCalls Models { get; }

    internal DocumentCalls Documents { get; }

    internal LetterCalls Letters { get; }

    internal PictureCalls Pictures { get; }

    internal EventStream Events { get; }

    internal ILogger Logger { get; }

    public override void Dispose()
    {
        base.Dispose();
        _feed.Dispose();
        _viewer.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _feed.RunAsync(stoppingToken);
}
