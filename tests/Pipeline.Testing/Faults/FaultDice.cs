namespace Pipeline.Testing.Faults;

/// <summary>Seeded chance, the same for the same order of calls. Safe to use from several threads.</summary>
internal sealed class FaultDice
{
    private readonly Lock _lock = new();
    private readonly Random _random;

    public FaultDice(int seed)
    {
        _random = new Random(seed);
    }

    public bool Roll(double rate)
    {
        lock (_lock)
        {
            return _random.NextDouble() < rate;
        }
    }

    /// <summary>At most one of the faults, each with its rate. One draw, whatever the rates.</summary>
    public TFault? Pick<TFault>((TFault Fault, double Rate)[] rates)
        where TFault : struct, Enum
    {
        double draw;
        lock (_lock)
        {
            draw = _random.NextDouble();
        }

        foreach (var (fault, rate) in rates)
        {
            if (draw < rate)
            {
                return fault;
            }

            draw -= rate;
        }

        return null;
    }

    /// <summary>Evenly distributed between both, in whole microseconds.</summary>
    public TimeSpan Between(TimeSpan shortest, TimeSpan longest)
    {
        lock (_lock)
        {
            var microseconds = (longest - shortest).Ticks / TimeSpan.TicksPerMicrosecond;
            return shortest + TimeSpan.FromMicroseconds(_random.NextInt64(microseconds + 1));
        }
    }

    /// <summary>From 0 to below <paramref name="end"/>, which is at least 1.</summary>
    public int Below(int end)
    {
        lock (_lock)
        {
            return _random.Next(end);
        }
    }
}
