namespace Pipeline.Worker.Ledger;

/// <summary>What became of the end of a claim.</summary>
public enum FinishOutcome
{
    /// <summary>The result is classified.</summary>
    Classified,

    /// <summary>It is tried again: a letter is due.</summary>
    Retrying,

    /// <summary>It has failed for good.</summary>
    Failed,

    /// <summary>It has failed and a letter is parked.</summary>
    Parked,

    /// <summary>Given back without counting the attempt; due at once.</summary>
    Released,

    /// <summary>Somebody else had taken over: nothing was written.</summary>
    Lost,
}
