namespace Pipeline.Testing.Faults;

/// <summary>How often each fault befalls one method of a document store: probabilities, 0 to 1. All but <see cref="Delayed"/> add up to at most 1.</summary>
public sealed record DocumentFaultRates
{
    public static DocumentFaultRates None { get; } = new();

    public double Unavailable { get; init; }

    public double Aborted { get; init; }

    public double ResourceExhausted { get; init; }

    public double PermissionDenied { get; init; }

    public double InvalidArgument { get; init; }

    public double RequestLost { get; init; }

    public double AnswerLost { get; init; }

    /// <summary>Commits only.</summary>
    public double LandsLate { get; init; }

    /// <summary>Commits only.</summary>
    public double SentTwice { get; init; }

    /// <summary>Commits only.</summary>
    public double Refused { get; init; }

    public double Stalled { get; init; }

    public double Delayed { get; init; }

    internal (DocumentFault Fault, double Rate)[] Exclusive() =>
    [
        (DocumentFault.Unavailable, Unavailable),
        (DocumentFault.Aborted, Aborted),
        (DocumentFault.ResourceExhausted, ResourceExhausted),
        (DocumentFault.PermissionDenied, PermissionDenied),
        (DocumentFault.InvalidArgument, InvalidArgument),
        (DocumentFault.RequestLost, RequestLost),
        (DocumentFault.AnswerLost, AnswerLost),
        (DocumentFault.LandsLate, LandsLate),
        (DocumentFault.SentTwice, SentTwice),
        (DocumentFault.Refused, Refused),
        (DocumentFault.Stalled, Stalled),
    ];
}
