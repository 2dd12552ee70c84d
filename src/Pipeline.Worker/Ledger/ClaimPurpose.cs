namespace Pipeline.Worker.Ledger;

/// <summary>Why somebody wants to claim.</summary>
public enum ClaimPurpose
{
    /// <summary>An event, or the live generation found in place of one that is gone.</summary>
    Event,

    /// <summary>The sweep found a letter that is due.</summary>
    DueLetter,

    /// <summary>The sweep found a result whose lease is over.</summary>
    ExpiredLease,
}
