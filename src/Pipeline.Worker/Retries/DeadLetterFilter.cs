using Pipeline.Worker.Ledger;

namespace Pipeline.Worker.Retries;

/// <summary>Which dead letters an operator wants to see. What is null is not asked for; all that is asked for must hold.</summary>
public sealed record DeadLetterFilter
{
    /// <value>Due or parked. Default: both.</value>
    public DeadLetterState? State { get; init; }

    /// <value>The code of the last error, or the reason of parking; case does not matter.</value>
    public string? Code { get; init; }

    /// <value>The bucket that the letter names, configured or not.</value>
    public string? Bucket { get; init; }

    /// <value>What the object's name begins with, code unit by code unit.</value>
    public string? Prefix { get; init; }

    /// <value>The last failure lies at least this far back.</value>
    public TimeSpan? OlderThan { get; init; }

    /// <value>The last failure lies at most this far back.</value>
    public TimeSpan? NewerThan { get; init; }

    /// <summary>Whether a letter is one of those.</summary>
    /// <param name="now">The store's time.</param>
    public bool Matches(DeadLetter letter, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var age = now - (letter.LastFailedAt ?? letter.DueAt);
        return (State is null || letter.State == State)
            && (Code is null || IsCode(letter.Errors.LastOrDefault()?.Code) || IsCode(letter.ParkedReason))
            && (Bucket is null || letter.Bucket == Bucket)
            && (Prefix is null || letter.Name?.StartsWith(Prefix, StringComparison.Ordinal) == true)
            && (OlderThan is null || age >= OlderThan)
            && (NewerThan is null || age <= NewerThan);
    }

    private bool IsCode(string? code) => string.Equals(code, Code, StringComparison.OrdinalIgnoreCase);
}
