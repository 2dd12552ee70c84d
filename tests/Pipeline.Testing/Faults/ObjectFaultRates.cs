namespace Pipeline.Testing.Faults;

/// <summary>How often each fault befalls one method of an object store: probabilities, 0 to 1. All but <see cref="Delayed"/> add up to at most 1.</summary>
public sealed record ObjectFaultRates
{
    public static ObjectFaultRates None { get; } = new();

    public double Unavailable { get; init; }

    public double NotFound { get; init; }

    /// <summary>Downloads only.</summary>
    public double TooLarge { get; init; }

    public double PermissionDenied { get; init; }

    /// <summary>Downloads only.</summary>
    public double ChecksumMismatch { get; init; }

    /// <summary>Downloads only.</summary>
    public double CutBody { get; init; }

    /// <summary>Downloads only.</summary>
    public double CorruptBody { get; init; }

    public double Stalled { get; init; }

    public double Delayed { get; init; }

    internal (ObjectFault Fault, double Rate)[] Exclusive() =>
    [
        (ObjectFault.Unavailable, Unavailable),
        (ObjectFault.NotFound, NotFound),
        (ObjectFault.TooLarge, TooLarge),
        (ObjectFault.PermissionDenied, PermissionDenied),
        (ObjectFault.ChecksumMismatch, ChecksumMismatch),
        (ObjectFault.CutBody, CutBody),
        (ObjectFault.CorruptBody, CorruptBody),
        (ObjectFault.Stalled, Stalled),
    ];
}
