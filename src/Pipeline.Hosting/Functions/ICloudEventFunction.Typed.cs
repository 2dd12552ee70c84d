using CloudNative.CloudEvents;
using Google.Protobuf;

namespace Pipeline.Hosting.Functions;

/// <summary>A function for events with data of one type. Made anew for each event, from the services.</summary>
/// <typeparam name="TData">A protobuf message, read from JSON or protobuf as the event's content type says.</typeparam>
public interface ICloudEventFunction<TData>
    where TData : class, IMessage, new()
{
    /// <summary>Handles one event. Returning normally acknowledges it; an exception asks the platform to deliver it again.</summary>
    /// <param name="cloudEvent">The event; its data is <paramref name="data"/>.</param>
    /// <param name="cancellationToken">Ends with the client, and some seconds after shutdown began.</param>
    /// <exception cref="RetryLaterException">Answered as 503 with <c>Retry-After</c>; every other exception as 500.</exception>
    Task HandleAsync(CloudEvent cloudEvent, TData data, CancellationToken cancellationToken);
}
