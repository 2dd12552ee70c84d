namespace Pipeline.Testing.Faults;

/// <summary>Which faults befall which method how often. Together with a seed it determines every fault, in the order of the calls.</summary>
public sealed record FaultPlan
{
    public static FaultPlan None { get; } = new();

    public DocumentFaultRates Gets { get; init; } = DocumentFaultRates.None;

    public DocumentFaultRates Commits { get; init; } = DocumentFaultRates.None;

    public DocumentFaultRates Queries { get; init; } = DocumentFaultRates.None;

    public ObjectFaultRates Finds { get; init; } = ObjectFaultRates.None;

    public ObjectFaultRates Downloads { get; init; } = ObjectFaultRates.None;

    /// <summary>The least time by which a delayed request, or a commit that lands late, is late.</summary>
    public TimeSpan ShortestDelay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The most.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <exception cref="ArgumentException">A rate is no probability, rates of one method add up to more than 1, or a fault cannot befall its method.</exception>
    internal void Validate()
    {
        RequireProbabilities(nameof(Gets), Gets.Exclusive(), Gets.Delayed);
        RequireProbabilities(nameof(Commits), Commits.Exclusive(), Commits.Delayed);
        RequireProbabilities(nameof(Queries), Queries.Exclusive(), Queries.Delayed);
        RequireProbabilities(nameof(Finds), Finds.Exclusive(), Finds.Delayed);
        RequireProbabilities(nameof(Downloads), Downloads.Exclusive(), Downloads.Delayed);
        RequireZero(nameof(Gets), Gets.LandsLate, Gets.SentTwice, Gets.Refused);
        RequireZero(nameof(Queries), Queries.LandsLate, Queries.SentTwice, Queries.Refused);
        RequireZero(nameof(Finds), Finds.TooLarge, Finds.ChecksumMismatch, Finds.CutBody, Finds.CorruptBody);
        if (ShortestDelay < TimeSpan.Zero || LongestDelay < ShortestDelay)
        {
            throw new ArgumentException($"Delays must satisfy 0 <= shortest <= longest; they are {ShortestDelay} and {LongestDelay}.");
        }
    }

    private static void RequireProbabilities<TFault>(string method, (TFault Fault, double Rate)[] rates, double delayed)
    {
        foreach (var (fault, rate) in rates)
        {
            if (rate is not (>= 0 and <= 1))
            {
                throw new ArgumentException($"{method}: the rate of {fault} is {rate}; it must be from 0 to 1.");
            }
        }

        var sum = rates.Sum(rate => rate.Rate);
        if (sum > 1 + 1e-9 || delayed is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"{method}: the rates add up to {sum}, delayed is {delayed}; neither may pass 1.");
        }
    }

    private static void RequireZero(string method, params ReadOnlySpan<double> rates)
    {
        foreach (var rate in rates)
        {
            if (rate != 0)
            {
                throw new ArgumentException($"{method}: this method does not know such a fault (rate {rate}).");
            }
        }
    }
}
