using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Ledger;

/// <summary>What became of the news that a generation is gone.</summary>
public abstract record RemovalOutcome
{
    private RemovalOutcome()
    {
    }

    /// <summary>The result is a tombstone now.</summary>
    public sealed record Deleted : RemovalOutcome;

    /// <summary>It was one already.</summary>
    public sealed record AlreadyDeleted : RemovalOutcome;

    /// <summary>A generation of the object is live: nothing was written.</summary>
    public sealed record Live(ObjectMetadata Metadata) : RemovalOutcome;
}
