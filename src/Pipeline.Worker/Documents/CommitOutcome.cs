using System.Collections.Immutable;

namespace Pipeline.Worker.Documents;

/// <summary>What became of a commit that the store answered. No answer at all is a <see cref="DocumentStoreException"/>.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>Everything was applied.</summary>
    /// <param name="CommitTime">Server time of the commit.</param>
    /// <param name="UpdateTimes">One for each write, in order. A write that changed nothing keeps the document's old time; a delete has the commit's.</param>
    public sealed record Committed(DateTimeOffset CommitTime, ImmutableArray<DateTimeOffset> UpdateTimes) : CommitOutcome;

    /// <summary>Nothing was applied: a precondition did not hold.</summary>
    public sealed record Refused(CommitRefusal Reason, string Message) : CommitOutcome;
}
