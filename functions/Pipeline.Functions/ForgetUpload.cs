using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.Storage.V1;
using Pipeline.Functions.Events;
using Pipeline.Hosting.Functions;
using Pipeline.Worker;

namespace Pipeline.Functions;

/// <summary>An object has been deleted or archived: marks its result as deleted and removes its dead letter.</summary>
[EventTypes(StorageEvents.Deleted, StorageEvents.Archived)]
public sealed class ForgetUpload : ICloudEventFunction<StorageObjectData>, IUnusableDataHandler
{
    private readonly UploadWorker _worker;
    private readonly ILogger<ForgetUpload> _logger;

    public ForgetUpload(UploadWorker worker, ILogger<ForgetUpload> logger)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(logger);
        _worker = worker;
        _logger = logger;
    }

    public async Task HandleAsync(CloudEvent cloudEvent, StorageObjectData data, CancellationToken cancellationToken)
    {
        var upload = StorageEvents.Read(cloudEvent, data);
        using var scope = _logger.BeginScope(StorageEvents.Labels(upload));
        EventAnswers.Settle(await _worker.Removals.HandleAsync(upload, cancellationToken));
    }

    public async Task HandleUnusableAsync(CloudEvent cloudEvent, ReadOnlyMemory<byte> payload, string reason, CancellationToken cancellationToken) =>
        EventAnswers.Settle(await _worker.Uploads.RejectAsync(StorageEvents.Read(cloudEvent), reason, EventPayloads.ToText(payload), cancellationToken));
}
