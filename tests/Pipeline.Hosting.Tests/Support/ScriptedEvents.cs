using CloudNative.CloudEvents;
using Pipeline.Hosting.Functions;

namespace Pipeline.Hosting.Tests.Support;

public delegate Task EventScript(CloudEvent cloudEvent, CancellationToken cancellationToken);

/// <summary>A function that does what the test says.</summary>
public sealed class ScriptedEvents(EventScript script) : ICloudEventFunction
{
    public Task HandleAsync(CloudEvent cloudEvent, CancellationToken cancellationToken) => script(cloudEvent, cancellationToken);
}
