using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.PubSub.V1;
using Pipeline.Functions.Events;
using Pipeline.Hosting.Functions;
using Pipeline.Worker;
using Pipeline.Worker.Retries;

namespace Pipeline.Functions;

/// <summary>The platform has given up on an event: makes a dead letter of ours of it.</summary>
[EventTypes("google.cloud.pubsub.topic.v1.messagePublished")]
public sealed class CaptureDeadLetter : ICloudEventFunction<MessagePublishedData>, IUnusableDataHandler
{
    private readonly UploadWorker _worker;

    public CaptureDeadLetter(UploadWorker worker)
    {
        ArgumentNullException.ThrowIfNull(worker);
        _worker = worker;
    }

    public async Task HandleAsync(CloudEvent cloudEvent, MessagePublishedData data, CancellationToken cancellationToken)
    {
        var message = data.Message ?? new PubsubMessage();
        EventAnswers.Settle(await _worker.Capture.HandleAsync(
            new PlatformMessage(
                message.MessageId.Length > 0 ? message.MessageId : cloudEvent.Id!,
                message.PublishTime?.ToDateTimeOffset() ?? cloudEvent.Time,
                message.Attributes,
                message.Data.Memory),
            cancellationToken));
    }

    public async Task HandleUnusableAsync(CloudEvent cloudEvent, ReadOnlyMemory<byte> payload, string reason, CancellationToken cancellationToken) =>
        EventAnswers.Settle(await _worker.Uploads.RejectAsync(StorageEvents.Read(cloudEvent), reason, EventPayloads.ToText(payload), cancellationToken));
}
