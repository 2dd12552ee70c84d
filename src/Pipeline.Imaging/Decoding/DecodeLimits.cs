namespace Pipeline.Imaging.Decoding;

/// <summary>How much one picture may cost. All are checked against the header before memory is spent.</summary>
public sealed record DecodeLimits
{
    public static DecodeLimits Default { get; } = new();

    /// <summary>Width · height as stored, in pixels.</summary>
    /// <value>40,000,000 by default.</value>
    public long MaxPixels { get; init; } = 40_000_000;

    /// <summary>The longer side as stored, in pixels.</summary>
    /// <value>16,384 by default.</value>
    public int MaxSide { get; init; } = 16_384;

    /// <summary>Bytes of all buffers that decoding and turning need at the same time, the file itself not counted.</summary>
    /// <value>512 MiB by default.</value>
    public long MaxMemory { get; init; } = 512L << 20;

    /// <summary>Wall-clock time of one call, identifying included.</summary>
    /// <value>10 seconds by default.</value>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Chunks, segments and blocks of the container that are walked over to find what the header says.</summary>
    /// <value>10,000 by default.</value>
    public int MaxChunks { get; init; } = 10_000;

    /// <summary>Scans of a progressive JPEG: each costs a pass over the whole picture.</summary>
    /// <value>100 by default.</value>
    public int MaxScans { get; init; } = 100;
}
