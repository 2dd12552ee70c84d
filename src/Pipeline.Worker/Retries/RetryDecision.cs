namespace Pipeline.Worker.Retries;

/// <summary>What is to be done about a failure.</summary>
public abstract record RetryDecision
{
    private RetryDecision()
    {
    }

    /// <summary>Try again.</summary>
    /// <param name="Delay">From now, on the store's clock.</param>
    /// <param name="AttemptGivenBack">Whether this attempt does not count.</param>
    public sealed record Again(TimeSpan Delay, bool AttemptGivenBack) : RetryDecision;

    /// <summary>Do not try again.</summary>
    /// <param name="Parked">Whether a parked letter waits for an operator; else there is no letter, because trying again cannot help.</param>
    /// <param name="Reason">Upper snake case, for <c>parkedReason</c>.</param>
    public sealed record GiveUp(bool Parked, string Reason) : RetryDecision;
}
