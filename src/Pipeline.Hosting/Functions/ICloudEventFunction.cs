using CloudNative.CloudEvents;

namespace Pipeline.Hosting.Functions;

/// <summary>A function for events whose data it reads itself. Made anew for each event, from the services.</summary>
public interface ICloudEventFunction
{
    /// <summary>Handles one event. Returning normally acknowledges it; an exception asks the platform to deliver it again.</summary>
    /// <param name="cloudEvent">
    /// Its data is a <see cref="System.Text.Json.JsonElement"/> (JSON), a string (text), a byte array (everything else), or null (none).
    /// </param>
    /// <param name="cancellationToken">Ends with the client, and some seconds after shutdown began.</param>
    /// <exception cref="RetryLaterException">Answered as 503 with <c>Retry-After</c>; every other exception as 500.</exception>
    Task HandleAsync(CloudEvent cloudEvent, CancellationToken cancellationToken);
}
