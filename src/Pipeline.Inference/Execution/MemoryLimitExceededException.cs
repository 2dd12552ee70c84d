namespace Pipeline.Inference.Execution;

/// <summary>A run, or the constants of a session, would take more memory than allowed. Thrown before the memory is taken.</summary>
public sealed class MemoryLimitExceededException : Exception
{
    public MemoryLimitExceededException(string place, long needed, long limit)
        : base($"{place} would bring the memory in use to {needed} bytes, the limit is {limit} bytes.")
    {
        Place = place;
        Needed = needed;
        Limit = limit;
    }

    public string Place { get; }

    public long Needed { get; }

    public long Limit { get; }
}
