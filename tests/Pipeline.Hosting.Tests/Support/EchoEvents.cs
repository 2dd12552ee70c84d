using CloudNative.CloudEvents;
using Pipeline.Hosting.Functions;

namespace Pipeline.Hosting.Tests.Support;

public sealed class EchoEvents(ReceivedEvents received) : ICloudEventFunction
{
    public Task HandleAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        received.Add(cloudEvent);
        return Task.CompletedTask;
    }
}
