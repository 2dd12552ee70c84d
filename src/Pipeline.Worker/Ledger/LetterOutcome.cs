namespace Pipeline.Worker.Ledger;

/// <summary>What became of an operator's wish to park or drop a dead letter.</summary>
public enum LetterOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>The letter is not there any more.</summary>
    NotFound,

    /// <summary>The letter is parked already.</summary>
    AlreadyParked,

    /// <summary>Somebody is working on it.</summary>
    InFlight,

    /// <summary>The letter is no longer the one that was looked at; nothing was written.</summary>
    Changed,
}
