namespace Pipeline.Cli.Verifying.Recorded;

/// <summary>What became of one output of a recorded case.</summary>
/// <param name="Largest">The largest difference of two numbers; null where none was compared.</param>
/// <param name="Share">The largest share that a difference is of what is allowed there: up to 1 passes; null where none was compared.</param>
/// <param name="Remark">Why it failed or was skipped, else empty.</param>
internal sealed record RecordedOutcome(string Case, string Output, RecordedVerdict Verdict, double? Largest, double? Share, string Remark);
