namespace Pipeline.Worker.Ledger;

/// <summary>What the way of an upload took outside the classifier.</summary>
/// <param name="Queue">From the event's time to the claim, on the store's clock; zero where the event has no time.</param>
/// <param name="Download">Reading the object.</param>
/// <param name="Total">From the claim until the result was ready to be written.</param>
public readonly record struct ProcessingTimes(TimeSpan Queue, TimeSpan Download, TimeSpan Total);
