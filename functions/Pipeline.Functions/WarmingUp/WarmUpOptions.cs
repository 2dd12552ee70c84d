namespace Pipeline.Functions.WarmingUp;

/// <summary>Which other services a call of <see cref="Maintain"/> keeps warm.</summary>
public sealed record WarmUpOptions
{
    /// <value>Their addresses. Each receives one event, which keeps one of its instances warm. Default: none.</value>
    public IReadOnlyList<Uri> Urls { get; init; } = [];

    /// <value>How long one of them may take, its cold start included. Default 60 s; 100 ms to 5 min.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is wrong, each with the option's name.</summary>
    public IEnumerable<string> Validate()
    {
        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromMinutes(5))
        {
            yield return $"{nameof(Timeout)} is {Timeout} and must be from 100 ms to 5 min.";
        }
    }
}
