using System.Text;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Retries;

/// <summary>
/// Turns what the platform gave up on into dead letters of ours: due ones where the event can be used, parked ones where it cannot. Deletions are
/// applied at once.
/// </summary>
public sealed class DeadLetterCapture
{
    private readonly EventIntake _intake;
    private readonly UploadLedger _ledger;
    private readonly RemovalHandler _removal;

    internal DeadLetterCapture(EventIntake intake, UploadLedger ledger, RemovalHandler removal)
    {
        _intake = intake;
        _ledger = ledger;
        _removal = removal;
    }

    /// <summary>Handles one delivery of a message.</summary>
    public Task<EventAnswer> HandleAsync(PlatformMessage message, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(message);
        return PlatformMessageReader.Read(message) switch
        {
            null => _intake.GuardAsync(() => ParkAsync(message, stopping), stopping),
            { Kind: UploadEventKind.Finalized } upload => _intake.AnswerAsync(upload, work => CaptureAsync(work, stopping), stopping),
            var removal => _removal.HandleAsync(removal, stopping),
        };
    }

    private async Task<EventAnswer> CaptureAsync(UploadWork work, CancellationToken stopping)
    {
        var verdict = await _ledger.CaptureAsync(work, stopping);
        return verdict switch
        {
            ClaimVerdict.First or ClaimVerdict.Newer => new EventAnswer(EventVerdict.Captured),

            // The lease is over, or no attempt is left: the sweep finds it without a letter.
            ClaimVerdict.TakeOver or ClaimVerdict.Exhausted => new EventAnswer(EventVerdict.InFlight),
            _ => EventAnswer.Of(verdict),
        };
    }

    private Task<EventAnswer> ParkAsync(PlatformMessage message, CancellationToken stopping)
    {
        var upload = new UploadEvent(
            message.Id, message.Attributes.GetValueOrDefault("ce-type") ?? "", message.PublishTime, UploadEventKind.Finalized, null, null, null);
        var failure = new Failure(FailureCode.BadEvent, "The message carries no storage event in a known form.");
        return _intake.ParkAsync(upload, failure, Payload(message), EventVerdict.BadEvent, stopping);
    }

    /// <summary>The attributes, a line each, and the beginning of the data.</summary>
    private static string Payload(PlatformMessage message)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in message.Attributes.OrderBy(static attribute => attribute.Key, StringComparer.Ordinal).Take(64))
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
        }

        var data = message.Data.Span[..Math.Min(message.Data.Length, EventIntake.MaxPayload)];
        return text.Append('\n').Append(Encoding.UTF8.GetString(data)).ToString();
    }
}
