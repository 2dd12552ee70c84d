namespace Pipeline.Worker.Uploads;

/// <summary>What one rule says of an object.</summary>
/// <param name="Index">Its place in the configuration, from 0.</param>
/// <param name="Rule">As configured.</param>
/// <param name="Why">Why it does not match, without a full stop; null where it does, whether or not an earlier one wins.</param>
public sealed record RuleVerdict(int Index, RuleOptions Rule, string? Why)
{
    public bool Matches => Why is null;
}
