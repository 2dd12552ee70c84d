using Microsoft.Extensions.Logging;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker;

/// <summary>
/// The worker, put together: one for each instance. Owns no thread and no static state; every wait goes through the time provider and can be
/// cancelled. Safe for concurrent use.
/// </summary>
public sealed class UploadWorker : IDisposable
{
    private readonly WorkGate _gate;

    /// <param name="instance">Names this instance in leases and errors.</param>
    /// <param name="chance">A number in [0, 1), for jitter and shuffling.</param>
    /// <param name="newId">Claim ids that nobody else ever gets.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message names all errors.</exception>
    public UploadWorker(
        WorkerOptions options,
        IDocumentStore documents,
        IObjectStore objects,
        IImageClassifier classifier,
        string instance,
        TimeProvider time,
        Func<double> chance,
        Func<string> newId,
        ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(loggers);
        Rules = UploadRules.Create(options);
        var bounded = new BoundedObjectStore(objects, options.DownloadTimeout, time);
        Ledger = new UploadLedger(documents, bounded, options, instance, time, chance, newId, loggers.CreateLogger<UploadLedger>());
        _gate = new WorkGate(options.Concurrency, options.QueueLength);
        var intake = new EventIntake(Rules, Ledger, options.RetryAfter, loggers.CreateLogger<UploadHandler>());
        var processor = new UploadProcessor(Ledger, bounded, classifier, options, time, loggers.CreateLogger<UploadHandler>());
        Uploads = new UploadHandler(intake, Ledger, processor, classifier, _gate, options.RetryAfter);
        Removals = new RemovalHandler(intake, Ledger);
        Capture = new DeadLetterCapture(intake, Ledger, Removals);
        DeadLetters = new DeadLetters(Rules, Ledger);
        var work = new DueWork(Rules, Ledger, processor, Uploads, classifier, intake, options.RetryAfter);
        Sweep = new Sweep(Rules, Ledger, work, classifier, options.Sweep, time, chance, loggers.CreateLogger<Sweep>());
        Requests = new ClassificationRequests(Rules, Ledger, bounded, Uploads, work, Ledger.QuotaOf(options.Quota), intake);
    }

    public UploadRules Rules { get; }

    public UploadLedger Ledger { get; }

    /// <summary>The way of a finalised upload.</summary>
    public UploadHandler Uploads { get; }

    /// <summary>The way of a deletion.</summary>
    public RemovalHandler Removals { get; }

    /// <summary>What the platform gave up on.</summary>
    public DeadLetterCapture Capture { get; }

    /// <summary>What owners ask for.</summary>
    public ClassificationRequests Requests { get; }

    /// <summary>The scheduled run.</summary>
    public Sweep Sweep { get; }

    /// <summary>What operators do.</summary>
    public DeadLetters DeadLetters { get; }

    /// <summary>Sends an event on its way by its kind.</summary>
    public Task<EventAnswer> HandleAsync(UploadEvent upload, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return upload.Kind == UploadEventKind.Finalized ? Uploads.HandleAsync(upload, stopping) : Removals.HandleAsync(upload, stopping);
    }

    public void Dispose() => _gate.Dispose();
}
