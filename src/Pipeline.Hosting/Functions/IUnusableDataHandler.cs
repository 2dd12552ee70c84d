using CloudNative.CloudEvents;

namespace Pipeline.Hosting.Functions;

/// <summary>
/// What a function for typed events implements to record an event whose envelope is right and whose data is not.
/// Without it such an event is answered with 400.
/// </summary>
public interface IUnusableDataHandler
{
    /// <summary>Records the event. Returning normally acknowledges it.</summary>
    /// <param name="cloudEvent">The event, without data.</param>
    /// <param name="payload">The data as it came; empty where there is none.</param>
    /// <param name="reason">What is wrong, for people.</param>
    Task HandleUnusableAsync(CloudEvent cloudEvent, ReadOnlyMemory<byte> payload, string reason, CancellationToken cancellationToken);
}
