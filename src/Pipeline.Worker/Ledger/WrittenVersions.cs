namespace Pipeline.Worker.Ledger;

/// <summary>What a landed change left behind.</summary>
/// <param name="At">The store's time of the change, or of the read that showed it.</param>
/// <param name="Result">The result's update time.</param>
/// <param name="Letter">The letter's update time, where the change wrote one.</param>
internal readonly record struct WrittenVersions(DateTimeOffset At, DateTimeOffset Result, DateTimeOffset? Letter);
