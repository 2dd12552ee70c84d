using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.Firestore.V1;
using Pipeline.Hosting.Functions;

namespace Pipeline.Hosting.Tests.Support;

public sealed class ChangedDocuments(ReceivedEvents received) : ICloudEventFunction<DocumentEventData>
{
    public Task HandleAsync(CloudEvent cloudEvent, DocumentEventData data, CancellationToken cancellationToken)
    {
        received.Add(cloudEvent);
        return Task.CompletedTask;
    }
}
