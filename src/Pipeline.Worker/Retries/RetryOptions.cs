namespace Pipeline.Worker.Retries;

/// <summary>When failed work is tried again.</summary>
public sealed record RetryOptions
{
    /// <value>The delay after the first failure; it doubles with each further one. Default 10 s; more than 0, at most <see cref="LargestDelay"/>.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>The largest delay, before jitter. Default 10 min; at most 1 day.</value>
    public TimeSpan LargestDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>By how much of itself a delay may be longer. Default 0.2; 0 to 1.</value>
    public double Jitter { get; init; } = 0.2;

    /// <value>Attempts, crashes included, before the letter is parked. Default 8; 1 to 100.</value>
    public int MaxAttempts { get; init; } = 8;

    /// <value>The delay after a configuration failure. Default 10 min; more than 0, at most 1 day.</value>
    public TimeSpan ConfigurationDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>How long configuration failures are tried again before the letter is parked. Default 24 h; 0 to 30 days.</value>
    public TimeSpan ConfigurationLimit { get; init; } = TimeSpan.FromHours(24);

    internal void Validate(string key, OptionCheck errors)
    {
        var day = TimeSpan.FromDays(1);
        errors.Range($"{key}:{nameof(LargestDelay)}", LargestDelay, TimeSpan.FromMilliseconds(1), day);
        errors.Range($"{key}:{nameof(FirstDelay)}", FirstDelay, TimeSpan.FromMilliseconds(1), LargestDelay);
        errors.Range($"{key}:{nameof(Jitter)}", Jitter, 0, 1);
        errors.Range($"{key}:{nameof(MaxAttempts)}", MaxAttempts, 1, 100);
        errors.Range($"{key}:{nameof(ConfigurationDelay)}", ConfigurationDelay, TimeSpan.FromMilliseconds(1), day);
        errors.Range($"{key}:{nameof(ConfigurationLimit)}", ConfigurationLimit, TimeSpan.Zero, TimeSpan.FromDays(30));
    }
}
