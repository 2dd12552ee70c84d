using System.Collections.Immutable;
using System.Globalization;
using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.World;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Simulation;

/// <summary>What one would write first: classify and write, without claims, leases, preconditions or letters. Right as long as nothing goes wrong.</summary>
internal sealed class NaiveWorker : IWorkerCode
{
    private readonly WorkerEnvironment _environment;

    public NaiveWorker(WorkerEnvironment environment)
    {
        _environment = environment;
    }

    public async Task<WorkerAnswer> HandleAsync(ObjectEvent objectEvent, CancellationToken cancellationToken)
    {
        try
        {
            if (objectEvent.Deleted)
            {
                await WriteAsync(objectEvent.Version, "deleted", null);
                return new WorkerAnswer(true, "deleted");
            }

            var content = await _environment.Objects.DownloadAsync(objectEvent.Version, 1_000, cancellationToken);
            var classification = await _environment.Classifier.ClassifyAsync(new ClassificationRequest(content, null, null), cancellationToken);
            await WriteAsync(objectEvent.Version, "classified", classification.Label);
            return new WorkerAnswer(true, "classified");
        }
        catch (Exception exception) when (exception is DocumentStoreException or ObjectStoreException or ClassificationException or OperationCanceledException)
        {
            return new WorkerAnswer(false, exception.GetType().Name);
        }
    }

    public Task<WorkerAnswer> CaptureAsync(ObjectEvent objectEvent, CancellationToken cancellationToken) => HandleAsync(objectEvent, cancellationToken);

    public Task<SweepAnswer> SweepAsync(CancellationToken cancellationToken) => Task.FromResult(new SweepAnswer(true, "nothing to do"));

    public Task<string> RedriveAsync(string bucket, string name, CancellationToken cancellationToken) => Task.FromResult("not here");

    public void Stop()
    {
    }

    private async Task WriteAsync(ObjectVersion version, string status, string? label)
    {
        var fields = ImmutableSortedDictionary<string, DocumentValue>.Empty
            .Add("name", version.Name)
            .Add("generation", version.Generation)
            .Add("status", status)
            .Add("claimId", string.Create(CultureInfo.InvariantCulture, $"{_environment.Name}-{version.Generation}-{_environment.Random()}"))
            .Add("attempts", 0)
            .Add("label", label is null ? DocumentValue.Null : label);
        await _environment.Documents.CommitAsync(
            [new DocumentWrite.Set(new DocumentPath("classifications", DocumentId(version.Name)), DocumentPrecondition.None, fields, null, ["updatedAt"])],
            CancellationToken.None);
    }

    private static string DocumentId(string name) => Uri.EscapeDataString(name);
}
