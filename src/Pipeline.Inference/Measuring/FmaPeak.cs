namespace Pipeline.Inference.Measuring;

/// <summary>The rate of float32 multiply-adds that the machine reaches out of its registers: what shares of the peak are measured against.</summary>
/// <param name="Bits">The width of the vectors.</param>
/// <param name="Threads">How many threads computed at a time.</param>
/// <param name="BestGigaflops">10^9 operations a second, two a multiply-add, all threads together: the best blocks of about a millisecond.</param>
/// <param name="MedianGigaflops">The same, the median block: much lower where others use the cores.</param>
public sealed record FmaPeak(int Bits, int Threads, double BestGigaflops, double MedianGigaflops)
{
    private const int BitsOfALane = 32;
    private const int OperationsOfAStep = 2;
    private const int StepsOfABlock = 500_000;
    private const int FewestBlocks = 3;

    /// <summary>Measures for about <paramref name="duration"/> with the widest vectors of this process.</summary>
    /// <param name="threads">At least 1.</param>
    public static FmaPeak Measure(int threads, TimeSpan duration, TimeProvider timeProvider) => Measure(FmaChains.LiveBits, threads, duration, timeProvider);

    /// <summary>Measures for about <paramref name="duration"/>.</summary>
    /// <param name="bits">128, 256 or 512; what the machine does not have is emulated, and slow.</param>
    /// <param name="threads">At least 1.</param>
    public static FmaPeak Measure(int bits, int threads, TimeSpan duration, TimeProvider timeProvider)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentNullException.ThrowIfNull(timeProvider);
        var rates = new (double Best, double Median)[threads];
        var others = new List<Thread>();
        for (var index = 1; index < threads; index++)
        {
            var place = index;
            var thread = new Thread(() => rates[place] = MeasureOne(bits, duration, timeProvider)) { IsBackground = true };
            thread.Start();
            others.Add(thread);
        }

        rates[0] = MeasureOne(bits, duration, timeProvider);
        others.ForEach(thread => thread.Join());
        return new FmaPeak(bits, threads, rates.Sum(rate => rate.Best), rates.Sum(rate => rate.Median));
    }

    private static (double Best, double Median) MeasureOne(int bits, TimeSpan duration, TimeProvider timeProvider)
    {
        const double Giga = 1e9;
        var operations = (double)StepsOfABlock * FmaChains.Count * (bits / BitsOfALane) * OperationsOfAStep;
        var rates = new List<double>();
        var start = timeProvider.GetTimestamp();
        do
        {
            var block = timeProvider.GetTimestamp();
            FmaChains.Run(bits, StepsOfABlock);
            rates.Add(operations / timeProvider.GetElapsedTime(block).TotalSeconds / Giga);
        }
        while (rates.Count < FewestBlocks || timeProvider.GetElapsedTime(start) < duration);

        rates.Sort();
        return (rates[^1], rates[rates.Count / 2]);
    }
}
