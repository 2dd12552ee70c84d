namespace Pipeline.Worker.Ledger;

/// <summary>The states of a result document.</summary>
public enum ResultStatus
{
    /// <summary>Not one of ours: a stranger wrote it. Claimable.</summary>
    Unknown,

    /// <summary>Somebody holds the claim.</summary>
    Processing,

    /// <summary>The labels are there.</summary>
    Classified,

    /// <summary>A dead letter says when it is tried again.</summary>
    Retrying,

    /// <summary>Given up; the error says why.</summary>
    Failed,

    /// <summary>The object is gone.</summary>
    Deleted,
}
