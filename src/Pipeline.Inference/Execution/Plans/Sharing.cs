namespace Pipeline.Inference.Execution.Plans;

/// <summary>Decides into how many shares the work of a step is divided. Times are guesses, in nanoseconds.</summary>
internal sealed record Sharing
{
    /// <summary>More shares than that cannot be counted.</summary>
    public const int MostShares = ushort.MaxValue;

    // So many that a thread which was held up leaves some of its shares to the others.
    private const int SharesOfAThread = 4;

    public static Sharing Default { get; } = new();

    /// <value>A run whose divided steps take less together stays on one thread: others take some tens of microseconds to come. Default: 100 µs.</value>
    public long LeastRun { get; init; } = 100_000;

    /// <value>A step that takes less is done by one thread: telling others and waiting for them costs about a microsecond. Default: 12 µs.</value>
    public long LeastStep { get; init; } = 12_000;

    /// <value>The shares of a step for several threads take no less. Default: 4 µs.</value>
    public long LeastShare { get; init; } = 4_000;

    /// <value>A share takes no more, because a cancelled run stops between two. Default: 1 ms.</value>
    public long MostShare { get; init; } = 1_000_000;

    /// <summary>Whether several threads take more off a run than it costs to wake them.</summary>
    public bool IsWorthIt(IReadOnlyList<PlanStep> steps, int threads) =>
        threads > 1 && steps.Where(step => step.Units > 1 && step.Nanoseconds >= LeastStep).Sum(step => step.Nanoseconds) >= LeastRun;

    /// <summary>For one thread: only so many that a cancelled run stops soon.</summary>
    public int Alone(PlanStep step) => (int)Math.Clamp(1 + (step.Nanoseconds / MostShare), 1, Most(step));

    /// <summary>For several threads at a time.</summary>
    /// <returns>1 where one thread is to do it at once.</returns>
    public int Together(PlanStep step, int threads)
    {
        var cost = step.Nanoseconds;
        if (threads == 1 || cost < LeastStep)
        {
            return Alone(step);
        }

        var fine = Math.Clamp(cost / LeastShare, 2, threads * SharesOfAThread);
        var shares = Math.Max(fine, 1 + (cost / MostShare));
        return (int)Math.Min((shares + threads - 1) / threads * threads, Most(step));
    }

    private static int Most(PlanStep step) => Math.Clamp(step.Units, 1, MostShares);
}
