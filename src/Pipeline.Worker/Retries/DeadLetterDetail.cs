using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Retries;

/// <summary>A dead letter with what goes with it. Its history is <see cref="DeadLetter.Errors"/>.</summary>
/// <param name="Result">The result document of the same object, as apps see it; it need not exist.</param>
/// <param name="Target">What the rules say of the object today; null where no rule matches, or the letter names no object.</param>
public sealed record DeadLetterDetail(StoredLetter Stored, DocumentSnapshot Result, UploadTarget? Target);
