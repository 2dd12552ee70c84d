using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.Storage.V1;
using Pipeline.Hosting.Functions;

namespace Pipeline.Hosting.Tests.Support;

[EventTypes("google.cloud.storage.object.v1.finalized")]
public sealed class StoredObjects(ReceivedEvents received) : ICloudEventFunction<StorageObjectData>
{
    public Task HandleAsync(CloudEvent cloudEvent, StorageObjectData data, CancellationToken cancellationToken)
    {
        received.Add(cloudEvent);
        return Task.CompletedTask;
    }
}
