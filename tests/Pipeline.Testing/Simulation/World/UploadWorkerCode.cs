using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Testing.Simulation.History;
using Pipeline.Worker;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Testing.Simulation.World;

/// <summary>The product's own worker, wired for one simulated process.</summary>
public sealed class UploadWorkerCode : IWorkerCode, IDisposable
{
    private readonly UploadWorker _worker;
    private readonly CancellationTokenSource _stopping = new();
    private int _claims;

    public UploadWorkerCode(WorkerEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        _worker = new UploadWorker(
            environment.Plan.Worker,
            environment.Documents,
            environment.Objects,
            environment.Classifier,
            environment.Name,
            environment.Time,
            environment.Random,
            () => string.Create(CultureInfo.InvariantCulture, $"{environment.Name}-{++_claims}"),
            NullLoggerFactory.Instance);
    }

    public async Task<WorkerAnswer> HandleAsync(ObjectEvent objectEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objectEvent);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, cancellationToken);
        var upload = new UploadEvent(
            objectEvent.Id,
            objectEvent.Deleted ? "google.cloud.storage.object.v1.deleted" : "google.cloud.storage.object.v1.finalized",
            null,
            objectEvent.Deleted ? UploadEventKind.Deleted : UploadEventKind.Finalized,
            objectEvent.Version.Bucket,
            objectEvent.Version.Name,
            objectEvent.Version.Generation,
            ContentType: "image/png");
        return Answer(await _worker.HandleAsync(upload, ending.Token));
    }

    public async Task<WorkerAnswer> CaptureAsync(ObjectEvent objectEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objectEvent);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, cancellationToken);
        var attributes = new Dictionary<string, string>
        {
            ["eventType"] = objectEvent.Deleted ? "OBJECT_DELETE" : "OBJECT_FINALIZE",
            ["bucketId"] = objectEvent.Version.Bucket,
            ["objectId"] = objectEvent.Version.Name,
            ["objectGeneration"] = objectEvent.Version.Generation.ToString(CultureInfo.InvariantCulture),
        };
        var message = new PlatformMessage(objectEvent.Id, null, attributes, ReadOnlyMemory<byte>.Empty);
        return Answer(await _worker.Capture.HandleAsync(message, ending.Token));
    }

    public async Task<SweepAnswer> SweepAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, cancellationToken);
        var report = await _worker.Sweep.RunAsync(ending.Token);
        var outcomes = string.Join(", ", report.Outcomes.Select(outcome => $"{outcome.Key} {outcome.Value}"));
        return new SweepAnswer(
            report is { NotStarted: 0, StoreUnavailable: false },
            string.Create(CultureInfo.InvariantCulture, $"{report.DueLetters} letters, {report.ExpiredLeases} leases: {outcomes}"));
    }

    public async Task<string> RedriveAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        try
        {
            // As an operator does: by the letter that is looked at, and by the object's name where there is none.
            var letter = await _worker.DeadLetters.FindAsync(_worker.Rules.Pairs[0], DocumentIds.FromName(name), cancellationToken);
            var outcome = letter is null
                ? await _worker.DeadLetters.RedriveObjectAsync(bucket, name, cancellationToken)
                : await _worker.DeadLetters.RedriveAsync(letter, cancellationToken);
            return outcome.ToString();
        }
        catch (DocumentStoreException exception)
        {
            return exception.Error.ToString();
        }
    }

    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        _stopping.Dispose();
        _worker.Dispose();
    }

    private static WorkerAnswer Answer(EventAnswer answer) => new(answer.IsAcknowledged, answer.Verdict.ToString());
}
