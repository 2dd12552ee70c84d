namespace Pipeline.Testing.Simulation.World;

/// <summary>Seeded chance for one concern of a run, so that one concern's draws do not shift another's.</summary>
public sealed class Chance
{
    private readonly Random _random;

    public Chance(int seed, string concern)
    {
        ArgumentNullException.ThrowIfNull(concern);
        var mixed = unchecked((uint)seed * 2654435761u);
        foreach (var letter in concern)
        {
            mixed = unchecked((mixed ^ letter) * 16777619u);
        }

        _random = new Random(unchecked((int)mixed));
    }

    public int Seed() => _random.Next();

    public double Share() => _random.NextDouble();

    public bool Happens(double rate) => _random.NextDouble() < rate;

    /// <summary>From the first to the last, both included.</summary>
    public int Between(int first, int last) => _random.Next(first, last + 1);

    /// <summary>Evenly distributed, in whole microseconds.</summary>
    public TimeSpan Between(TimeSpan shortest, TimeSpan longest) =>
        shortest + TimeSpan.FromMicroseconds(_random.NextInt64(((longest - shortest).Ticks / TimeSpan.TicksPerMicrosecond) + 1));

    public T Pick<T>(IReadOnlyList<T> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        return choices[_random.Next(choices.Count)];
    }
}
