using System.Collections.Immutable;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;

namespace Pipeline.Worker.Retries;

/// <summary>Some dead letters, the earliest due first.</summary>
/// <param name="Next">Where the next page begins; null where this was the last.</param>
public sealed record DeadLetterPage(ImmutableArray<StoredLetter> Letters, DocumentSnapshot? Next);
