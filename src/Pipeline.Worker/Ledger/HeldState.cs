using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>What a holder knows when it prepares its last change.</summary>
/// <param name="Version">The result's update time to fence with.</param>
/// <param name="Letter">The letter as the holder last saw it, or null.</param>
/// <param name="App">What becomes of the app's own document.</param>
/// <param name="Now">The store's time.</param>
internal sealed record HeldState(DateTimeOffset Version, StoredLetter? Letter, AppDocumentState App, DateTimeOffset Now)
{
    /// <summary>The write that deletes the letter of a generation, where one is known.</summary>
    public ImmutableArray<DocumentWrite> RemoveLetter(long generation) =>
        Letter is { } letter && letter.Letter.Generation == generation ? [letter.Remove()] : [];
}
