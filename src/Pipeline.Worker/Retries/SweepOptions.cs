namespace Pipeline.Worker.Retries;

/// <summary>The bounds of one sweep.</summary>
public sealed record SweepOptions
{
    /// <value>Due letters of one page, for each pair of collections. Default 100; 1 to 1,000.</value>
    public int PageSize { get; init; } = 100;

    /// <value>Letters processed at a time. Default 2; 1 to 64.</value>
    public int Concurrency { get; init; } = 2;

    /// <value>Letters and expired leases taken in one run, over all pairs. Default 1,000; 1 to 100,000.</value>
    public int MaxItems { get; init; } = 1000;

    /// <value>Nothing new is started after this. Default 4 min; more than 0, at most <see cref="StopAfter"/>.</value>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromMinutes(4);

    /// <value>
    /// Work still going on after this is released. Below the function's timeout and the scheduler's deadline. Default 4 min 40 s; at most 30 min.
    /// </value>
    public TimeSpan StopAfter { get; init; } = TimeSpan.FromSeconds(280);

    internal void Validate(string key, OptionCheck errors)
    {
        errors.Range($"{key}:{nameof(PageSize)}", PageSize, 1, 1000);
        errors.Range($"{key}:{nameof(Concurrency)}", Concurrency, 1, 64);
        errors.Range($"{key}:{nameof(MaxItems)}", MaxItems, 1, 100_000);
        errors.Range($"{key}:{nameof(StopAfter)}", StopAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(30));
        errors.Range($"{key}:{nameof(StartWithin)}", StartWithin, TimeSpan.FromMilliseconds(1), StopAfter);
    }
}
