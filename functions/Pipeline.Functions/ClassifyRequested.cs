using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.Firestore.V1;
using Pipeline.Functions.Events;
using Pipeline.Hosting.CloudEvents;
using Pipeline.Hosting.Functions;
using Pipeline.Worker;

namespace Pipeline.Functions;

/// <summary>An owner has asked, by a document in <c>classificationRequests</c>, for an object under his prefix to be classified (again).</summary>
[EventTypes(DocumentEvents.Created, FirestoreEvents.CreatedWithAuthContext)]
public sealed partial class ClassifyRequested : ICloudEventFunction<DocumentEventData>, IUnusableDataHandler
{
    private readonly UploadWorker _worker;
    private readonly ILogger<ClassifyRequested> _logger;

    public ClassifyRequested(UploadWorker worker, ILogger<ClassifyRequested> logger)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(logger);
        _worker = worker;
        _logger = logger;
    }

    public async Task HandleAsync(CloudEvent cloudEvent, DocumentEventData data, CancellationToken cancellationToken)
    {
        if (FirestoreEvents.ReadRequest(cloudEvent, data) is not { } request)
        {
            Log.NotWatched(_logger, data.Value?.Name ?? string.Empty);
            return;
        }

        var answer = await _worker.Requests.HandleAsync(request, cancellationToken);
        EventAnswers.Settle(answer);
        Log.Answered(_logger, request.Id, answer.Verdict);
    }

    public async Task HandleUnusableAsync(CloudEvent cloudEvent, ReadOnlyMemory<byte> payload, string reason, CancellationToken cancellationToken) =>
        EventAnswers.Settle(await _worker.Uploads.RejectAsync(StorageEvents.Read(cloudEvent), reason, EventPayloads.ToText(payload), cancellationToken));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An event about {Document} was acknowledged and ignored: it is no request to classify")]
        public static partial void NotWatched(ILogger logger, string document);

        [LoggerMessage(2, LogLevel.Information, "Request {RequestId} ended as {Verdict}")]
        public static partial void Answered(ILogger logger, string requestId, Pipeline.Worker.Uploads.EventVerdict verdict);
    }
}
