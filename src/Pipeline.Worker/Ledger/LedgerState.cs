using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>What is known of an object's documents when a change is prepared.</summary>
/// <param name="Result">As read, or null where there is none.</param>
/// <param name="Letter">As read, or null where there is none or nobody has looked.</param>
/// <param name="App">What becomes of the app's own document.</param>
/// <param name="Now">The store's time.</param>
internal sealed record LedgerState(ResultDocument? Result, StoredLetter? Letter, AppDocumentState App, DateTimeOffset Now)
{
    /// <summary>Whether the same versions were read.</summary>
    public bool IsSameAs(LedgerState other) =>
        Result?.UpdateTime == other.Result?.UpdateTime && Letter?.UpdateTime == other.Letter?.UpdateTime;

    /// <summary>What a refusal that neither document explains says of the app's document.</summary>
    public static AppDocumentState Blame(CommitOutcome.Refused refused) =>
        refused.Reason == CommitRefusal.NotFound ? AppDocumentState.Missing : AppDocumentState.Refused;
}
