using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>What is to be done with documents as read.</summary>
/// <param name="Writes">The commit; the result is its first write. Empty: nothing is to be written.</param>
/// <param name="Outcome">What it means once it is written. Gets the new versions of result and letter.</param>
/// <param name="TouchesApp">Whether the commit also writes the app's own document.</param>
internal sealed record LedgerStep<T>(ImmutableArray<DocumentWrite> Writes, Func<WrittenVersions, T> Outcome, bool TouchesApp = false)
{
    /// <summary>Nothing is to be written.</summary>
    public static LedgerStep<T> Done(T outcome) => new([], _ => outcome);
}
