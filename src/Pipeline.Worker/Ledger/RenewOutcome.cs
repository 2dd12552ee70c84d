namespace Pipeline.Worker.Ledger;

/// <summary>What became of a renewal.</summary>
public enum RenewOutcome
{
    Renewed,

    /// <summary>Refused for good: somebody else has taken over. The work is to stop.</summary>
    Lost,
}
