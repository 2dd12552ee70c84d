using Pipeline.Worker.Ledger;

namespace Pipeline.Cli.Operating;

/// <summary>What became of one letter.</summary>
internal sealed record LetterChange(StoredLetter Letter, string Outcome, bool IsDone);
