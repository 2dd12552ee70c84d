using System.Collections.Concurrent;
using CloudNative.CloudEvents;

namespace Pipeline.Hosting.Tests.Support;

/// <summary>What the functions under test were given.</summary>
public sealed class ReceivedEvents
{
    private readonly ConcurrentQueue<CloudEvent> _events = new();
    private readonly ConcurrentQueue<string> _unusable = new();

    public IReadOnlyCollection<CloudEvent> Events => _events;

    public IReadOnlyCollection<string> Unusable => _unusable;

    public void Add(CloudEvent cloudEvent) => _events.Enqueue(cloudEvent);

    public void AddUnusable(string reason) => _unusable.Enqueue(reason);
}
