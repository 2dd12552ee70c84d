namespace Pipeline.Worker.Tests.Support;

/// <summary>A seeded source of chance (Knuth's MMIX constants; the high 53 bits).</summary>
internal sealed class Lcg
{
    private ulong _state;

    public Lcg(ulong seed)
    {
        _state = seed;
    }

    /// <summary>A number in [0, 1).</summary>
    public double Next()
    {
        _state = unchecked((_state * 6364136223846793005UL) + 1442695040888963407UL);
        return (_state >> 11) * (1.0 / (1UL << 53));
    }
}
