namespace Pipeline.Embedded.Delivery;

/// <summary>Where events go and how long they are tried, as the platform does it.</summary>
/// <param name="Target">The worker's URL for storage events, http or https.</param>
public sealed record EventDeliveryOptions(Uri Target)
{
    /// <summary>The wait after the first failed delivery; it doubles with each further one. Default 10 s, as on the platform; more than 0.</summary>
    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait between two deliveries. Default 600 s, at least the initial one.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>How long after the change an event is tried; then it is given up and kept as a dead letter. Default 24 h, more than 0.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long the worker may take for one event; then it counts as failed. Default 600 s, more than 0.</summary>
    public TimeSpan AcknowledgeDeadline { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>How many events are on their way at once. Default 4, 1 to 1,000.</summary>
    public int MaxInFlight { get; init; } = 4;

    /// <summary>Everything that is wrong, each with the option's name and what would be right.</summary>
    public IEnumerable<string> Validate()
    {
        if (Target is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return $"{nameof(Target)} is '{Target}'; it must be an http or https URL.";
        }

        if (InitialBackoff <= TimeSpan.Zero)
        {
            yield return $"{nameof(InitialBackoff)} is {InitialBackoff}; it must be more than 0.";
        }

        if (MaxBackoff < InitialBackoff || MaxBackoff > TimeSpan.FromDays(1))
        {
            yield return $"{nameof(MaxBackoff)} is {MaxBackoff}; it may be {nameof(InitialBackoff)} ({InitialBackoff}) to 1 day.";
        }

        if (Retention <= TimeSpan.Zero)
        {
            yield return $"{nameof(Retention)} is {Retention}; it must be more than 0.";
        }

        if (AcknowledgeDeadline <= TimeSpan.Zero || AcknowledgeDeadline > TimeSpan.FromDays(1))
        {
            yield return $"{nameof(AcknowledgeDeadline)} is {AcknowledgeDeadline}; it may be more than 0 and at most 1 day.";
        }

        if (MaxInFlight is < 1 or > 1000)
        {
            yield return $"{nameof(MaxInFlight)} is {MaxInFlight}; it may be 1 to 1,000.";
        }
    }
}
