namespace Pipeline.Worker.Ledger;

/// <summary>What becomes of a dead letter.</summary>
public enum DeadLetterState
{
    /// <summary>The sweep takes it when its time has come.</summary>
    Due,

    /// <summary>It waits for an operator.</summary>
    Parked,
}
