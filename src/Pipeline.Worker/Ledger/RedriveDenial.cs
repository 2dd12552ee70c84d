namespace Pipeline.Worker.Ledger;

/// <summary>Why a redrive may not be made.</summary>
public enum RedriveDenial
{
    /// <summary>The same request has been granted before.</summary>
    Repeated,

    /// <summary>The quota is used up.</summary>
    OverQuota,
}
