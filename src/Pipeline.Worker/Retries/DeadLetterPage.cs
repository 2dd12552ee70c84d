using System.Collections.Immutable;
using Pipeline.Worker.Ledger;

namespace Pipeline.Worker.Retries;

/// <summary>Some dead letters: bucket by bucket, the due before the parked, the earliest first.</summary>
/// <param name="Letters">May be few or none although more follow: a page also ends where many letters were looked at.</param>
/// <param name="Next">Where the next page begins; null where this was the last.</param>
/// <param name="At">The store's time.</param>
public sealed record DeadLetterPage(ImmutableArray<StoredLetter> Letters, DeadLetterCursor? Next, DateTimeOffset At);
