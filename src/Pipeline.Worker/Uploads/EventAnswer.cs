using Pipeline.Worker.Ledger;

namespace Pipeline.Worker.Uploads;

/// <summary>What an event is answered.</summary>
/// <param name="RetryAfter">Null: acknowledged (200). Else nothing could be recorded (503), and the platform is asked to come back after this.</param>
public sealed record EventAnswer(EventVerdict Verdict, TimeSpan? RetryAfter = null)
{
    public bool IsAcknowledged => RetryAfter is null;

    internal static EventAnswer Of(ClaimVerdict verdict) => new(verdict switch
    {
        ClaimVerdict.Duplicate => EventVerdict.Duplicate,
        ClaimVerdict.Superseded => EventVerdict.Superseded,
        ClaimVerdict.InFlight => EventVerdict.InFlight,
        ClaimVerdict.Deferred => EventVerdict.Deferred,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict that declines."),
    });
}
