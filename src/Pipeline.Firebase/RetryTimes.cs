namespace Pipeline.Firebase;

/// <summary>How long requests may take, and what is waited between them.</summary>
/// <param name="Request">For one request.</param>
/// <param name="Total">For all of them with the waits.</param>
/// <param name="Delay">The first wait; it doubles, up to the largest.</param>
/// <param name="LargestDelay">Never less than the first is waited.</param>
internal sealed record RetryTimes(TimeSpan Request, TimeSpan Total, TimeSpan Delay, TimeSpan LargestDelay);
