namespace Pipeline.Worker.Ledger;

/// <summary>What becomes of the app's own document in a commit.</summary>
internal enum AppDocumentState
{
    /// <summary>It is written, where the rule names one.</summary>
    Included,

    /// <summary>It is left out: it does not exist.</summary>
    Missing,

    /// <summary>It is left out: the store refused it.</summary>
    Refused,
}
