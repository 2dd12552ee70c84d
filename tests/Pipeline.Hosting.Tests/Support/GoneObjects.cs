using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.Storage.V1;
using Pipeline.Hosting.Functions;

namespace Pipeline.Hosting.Tests.Support;

[EventTypes("google.cloud.storage.object.v1.deleted", "google.cloud.storage.object.v1.archived")]
public sealed class GoneObjects(ReceivedEvents received) : ICloudEventFunction<StorageObjectData>, IUnusableDataHandler
{
    public Task HandleAsync(CloudEvent cloudEvent, StorageObjectData data, CancellationToken cancellationToken)
    {
        received.Add(cloudEvent);
        return Task.CompletedTask;
    }

    public Task HandleUnusableAsync(CloudEvent cloudEvent, ReadOnlyMemory<byte> payload, string reason, CancellationToken cancellationToken)
    {
        received.AddUnusable(reason);
        return Task.CompletedTask;
    }
}
