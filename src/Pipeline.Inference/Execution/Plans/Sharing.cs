namespace Pipeline.Inference.Execution.Plans;

/// <summary>Decides into how many shares the work of a step is divided.</summary>
internal static class Sharing
{
    /// <summary>More shares than that cannot be counted.</summary>
    public const int MostShares = ushort.MaxValue;

    // Below this, telling others and waiting for them costs more than they take off.
    private const long LeastDivided = 12_000;
    private const long LeastShare = 4_000;

    // A thread that sleeps takes some tens of microseconds to come.
    private const long LeastRun = 100_000;

    // A cancelled run stops between two shares.
    private const long MostShare = 1_000_000;

    // So many that a thread which was held up leaves some of its shares to the others.
    private const int SharesOfAThread = 4;

    /// <summary>Whether several threads take more off a run than it costs to wake them.</summary>
    public static bool IsWorthIt(IReadOnlyList<PlanStep> steps, int threads) =>
        threads > 1 && steps.Where(step => step.Units > 1 && step.Nanoseconds >= LeastDivided).Sum(step => step.Nanoseconds) >= LeastRun;

    /// <summary>For one thread: only so many that a cancelled run stops soon.</summary>
    public static int Alone(PlanStep step) => (int)Math.Clamp(1 + (step.Nanoseconds / MostShare), 1, Most(step));

    /// <summary>For several threads at a time.</summary>
    /// <returns>1 where one thread is to do it alone and at once.</returns>
    public static int Together(PlanStep step, int threads)
    {
        var cost = step.Nanoseconds;
        if (threads == 1 || cost < LeastDivided)
        {
            return Alone(step);
        }

        var fine = Math.Clamp(cost / LeastShare, 2, threads * SharesOfAThread);
        var shares = Math.Max(fine, 1 + (cost / MostShare));
        return (int)Math.Min((shares + threads - 1) / threads * threads, Most(step));
    }

    private static int Most(PlanStep step) => Math.Clamp(step.Units, 1, MostShares);
}
