namespace Pipeline.Worker.Ledger;

/// <summary>What became of a redrive.</summary>
public abstract record RedriveOutcome
{
    private RedriveOutcome()
    {
    }

    /// <summary>It is due now.</summary>
    /// <param name="Generation">The generation that will be classified.</param>
    public sealed record Redriven(long Generation) : RedriveOutcome;

    /// <summary>Somebody is working on it, or the sweep will take it over when the lease is over.</summary>
    public sealed record InFlight : RedriveOutcome;

    /// <summary>The object is gone.</summary>
    public sealed record Gone : RedriveOutcome;

    /// <summary>There is nothing to redrive: neither a result nor a letter that names a generation.</summary>
    public sealed record NotFound : RedriveOutcome;

    /// <summary>The letter is no longer the one that was looked at; nothing was written.</summary>
    public sealed record Changed : RedriveOutcome;

    /// <summary>The caller's condition did not hold; nothing was written.</summary>
    public sealed record Denied(RedriveDenial Reason) : RedriveOutcome;
}
