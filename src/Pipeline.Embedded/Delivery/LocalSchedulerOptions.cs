namespace Pipeline.Embedded.Delivery;

/// <summary>What the local scheduler calls, and when.</summary>
/// <param name="Target">The worker's URL for maintenance, http or https.</param>
public sealed record LocalSchedulerOptions(Uri Target)
{
    /// <summary>The time between two runs. Default 1 min, 0.1 s to 1 day.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How soon a failed run is tried again, if the next is not due before. Default 5 s, more than 0.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a run may take; then it counts as failed. Default 3 min, more than 0.</summary>
    public TimeSpan AttemptDeadline { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Everything that is wrong, each with the option's name and what would be right.</summary>
    public IEnumerable<string> Validate()
    {
        if (Target is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return $"{nameof(Target)} is '{Target}'; it must be an http or https URL.";
        }

        if (Interval < TimeSpan.FromMilliseconds(100) || Interval > TimeSpan.FromDays(1))
        {
            yield return $"{nameof(Interval)} is {Interval}; it may be 0.1 s to 1 day.";
        }

        if (RetryDelay <= TimeSpan.Zero || RetryDelay > TimeSpan.FromDays(1))
        {
            yield return $"{nameof(RetryDelay)} is {RetryDelay}; it may be more than 0 and at most 1 day.";
        }

        if (AttemptDeadline <= TimeSpan.Zero || AttemptDeadline > TimeSpan.FromDays(1))
        {
            yield return $"{nameof(AttemptDeadline)} is {AttemptDeadline}; it may be more than 0 and at most 1 day.";
        }
    }
}
