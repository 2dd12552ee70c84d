namespace Pipeline.Worker.Ledger;

/// <summary>What became of an attempt to claim.</summary>
public abstract record ClaimOutcome
{
    private ClaimOutcome()
    {
    }

    /// <summary>The work is ours.</summary>
    public sealed record Claimed(Claim Claim) : ClaimOutcome;

    /// <summary>There is nothing to do.</summary>
    /// <param name="Verdict">Duplicate, Superseded, InFlight or Deferred.</param>
    public sealed record Declined(ClaimVerdict Verdict) : ClaimOutcome;

    /// <summary>No attempt was left: the result has failed and its letter is parked.</summary>
    public sealed record Parked : ClaimOutcome;

    /// <summary>The letter is not due any more, or speaks of something else by now.</summary>
    public sealed record NotDue : ClaimOutcome;
}
