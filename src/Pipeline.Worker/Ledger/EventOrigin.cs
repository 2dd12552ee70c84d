namespace Pipeline.Worker.Ledger;

/// <summary>The event that work comes from, as dead letters keep it. All null where the work comes from a result document.</summary>
public sealed record EventOrigin(string? EventId, string? EventType, DateTimeOffset? EventTime)
{
    public static EventOrigin None { get; } = new(null, null, null);
}
