namespace Pipeline.Worker.Ledger;

/// <summary>The table of what an existing result says to a claim. Pure.</summary>
internal static class ClaimDecision
{
    /// <param name="result">As read; null where there is none.</param>
    /// <param name="generation">The generation to claim.</param>
    /// <param name="isLive">Whether that generation is the object's live one; null where nobody has looked.</param>
    /// <param name="now">The store's time.</param>
    public static ClaimVerdict Decide(
        ResultDocument? result,
        long generation,
        bool? isLive,
        ClaimPurpose purpose,
        DateTimeOffset now,
        int maxAttempts)
    {
        if (result is null)
        {
            return purpose == ClaimPurpose.ExpiredLease ? ClaimVerdict.Superseded : ClaimVerdict.First;
        }

        if (result.Generation != generation)
        {
            // Generations are not promised to increase: the live one counts as newer, whatever its number.
            return result.Generation < generation || isLive == true ? ClaimVerdict.Newer
                : isLive is null ? ClaimVerdict.AskLive
                : ClaimVerdict.Superseded;
        }

        return result.Status switch
        {
            ResultStatus.Classified or ResultStatus.Failed or ResultStatus.Deleted => ClaimVerdict.Duplicate,
            ResultStatus.Retrying => purpose == ClaimPurpose.DueLetter ? ClaimVerdict.Retry : ClaimVerdict.Deferred,
            ResultStatus.Processing when !result.IsLeaseOver(now) => ClaimVerdict.InFlight,

            // Whoever held it may have died of it. The sweep takes it up by its lease, alone, and not by its letter among others.
            ResultStatus.Processing when purpose == ClaimPurpose.DueLetter && result.LeaseAt is not null => ClaimVerdict.InFlight,
            _ => result.Attempts < maxAttempts ? ClaimVerdict.TakeOver : ClaimVerdict.Exhausted,
        };
    }
}
