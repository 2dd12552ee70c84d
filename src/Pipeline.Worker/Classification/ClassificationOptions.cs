using Pipeline.Imaging.Decoding;

namespace Pipeline.Worker.Classification;

/// <summary>What classifying may cost.</summary>
public sealed record ClassificationOptions
{
    /// <value>The largest file, in bytes. Default 20 MiB; 1 to 1 GiB.</value>
    public long MaxBytes { get; init; } = 20L << 20;

    /// <summary>Limits of decoding one picture.</summary>
    public DecodeLimits Decoding { get; init; } = DecodeLimits.Default;

    /// <inheritdoc cref="DecodeLimits.MaxPixels"/>
    public long MaxPixels
    {
        get => Decoding.MaxPixels;
        init => Decoding = Decoding with { MaxPixels = value };
    }

    /// <inheritdoc cref="DecodeLimits.MaxSide"/>
    public int MaxSide
    {
        get => Decoding.MaxSide;
        init => Decoding = Decoding with { MaxSide = value };
    }

    /// <inheritdoc cref="DecodeLimits.MaxMemory"/>
    public long MaxDecodeMemory
    {
        get => Decoding.MaxMemory;
        init => Decoding = Decoding with { MaxMemory = value };
    }

    /// <inheritdoc cref="DecodeLimits.MaxTime"/>
    public TimeSpan MaxDecodeTime
    {
        get => Decoding.MaxTime;
        init => Decoding = Decoding with { MaxTime = value };
    }

    /// <value>
    /// How many pictures are worked on at once; further ones wait. Bounds memory to this times that of one picture. Default: the number of
    /// processors; 1 to 256.
    /// </value>
    public int MaxConcurrency { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <value>How long one picture may take from decoding to labels; waiting for its turn and for the model is not counted. Default 60 s; 1 ms to 1 h.</value>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Everything that is wrong; empty where the options are valid.</summary>
    public IReadOnlyList<OptionError> Validate() => Check();

    /// <summary>What is allowed, by key, for the options that have a range.</summary>
    public IReadOnlyDictionary<string, string> Ranges() => Check().Ranges;

    private OptionCheck Check()
    {
        var errors = new OptionCheck();
        errors.Range(nameof(MaxBytes), MaxBytes, 1, 1L << 30);
        errors.Range(nameof(MaxConcurrency), MaxConcurrency, 1, 256);
        errors.Range(nameof(MaxTime), MaxTime, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        errors.Range($"{nameof(Decoding)}:{nameof(Decoding.MaxPixels)}", Decoding.MaxPixels, 1, 1L << 30);
        errors.Range($"{nameof(Decoding)}:{nameof(Decoding.MaxSide)}", Decoding.MaxSide, 1, 1 << 20);
        errors.Range($"{nameof(Decoding)}:{nameof(Decoding.MaxMemory)}", Decoding.MaxMemory, 1 << 20, 1L << 36);
        errors.Range($"{nameof(Decoding)}:{nameof(Decoding.MaxTime)}", Decoding.MaxTime, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        return errors;
    }
}
