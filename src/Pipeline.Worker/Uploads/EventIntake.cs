using Microsoft.Extensions.Logging;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Telemetry;

namespace Pipeline.Worker.Uploads;

/// <summary>What all doors for events share: the check of an event's data, the letters of those that cannot be used, and the answers to failures.</summary>
internal sealed partial class EventIntake
{
    /// <summary>Characters of a payload that a letter keeps.</summary>
    public const int MaxPayload = 4096;

    private readonly UploadRules _rules;
    private readonly UploadLedger _ledger;
    private readonly TimeSpan _retryAfter;
    private readonly ILogger _logger;

    public EventIntake(UploadRules rules, UploadLedger ledger, TimeSpan retryAfter, ILogger logger)
    {
        _rules = rules;
        _ledger = ledger;
        _retryAfter = retryAfter;
        _logger = logger;
    }

    /// <summary>
    /// Answers an event: by <paramref name="handle"/> where its data can be used and a rule matches. What could not be recorded becomes an answer too.
    /// </summary>
    public Task<EventAnswer> AnswerAsync(
        UploadEvent upload,
        Func<UploadWork, Task<EventAnswer>> handle,
        CancellationToken cancellationToken) => GuardAsync(
        () =>
        {
            if (Fault(upload) is { } fault)
            {
                return ParkAsync(upload, new Failure(FailureCode.BadEvent, fault), null, EventVerdict.BadEvent, cancellationToken);
            }

            var (bucket, name, generation) = (upload.Bucket!, upload.Name!, upload.Generation!.Value);
            if (!_rules.IsConfigured(bucket) && _rules.WouldMatch(bucket, name))
            {
                var failure = new Failure(FailureCode.BucketNotConfigured, "The event's bucket is not configured.");
                return ParkAsync(upload, failure, null, EventVerdict.Parked, cancellationToken);
            }

            if (_rules.Match(bucket, name) is not { } target)
            {
                var shown = LogText.Of(name);
                Log.NoRule(_logger, shown);
                return Task.FromResult(new EventAnswer(EventVerdict.NoRule));
            }

            return handle(new UploadWork(target, generation, new EventOrigin(upload.EventId, upload.EventType, upload.EventTime)));
        },
        cancellationToken);

    /// <summary>Keeps an event that cannot be used as a parked letter, in the collection of its bucket, or of the first one configured.</summary>
    /// <param name="payload">What arrived; its beginning is kept.</param>
    public async Task<EventAnswer> ParkAsync(
        UploadEvent upload,
        Failure failure,
        string? payload,
        EventVerdict verdict,
        CancellationToken cancellationToken)
    {
        var pair = _rules.Pairs.FirstOrDefault(pair => pair.Bucket == upload.Bucket) ?? _rules.Pairs[0];
        var letter = new DeadLetter(
            Storable(upload.Bucket),
            Storable(upload.Name),
            upload.Generation,
            null,
            Storable(upload.EventId),
            Storable(upload.EventType),
            upload.EventTime,
            DeadLetterState.Parked,
            default,
            0,
            null,
            null,
            [],
            null,
            0,
            Storable(payload));
        await _ledger.ParkEventAsync(new DocumentPath(pair.DeadLetters, DocumentIds.FromEvent(upload.EventId)), letter, failure, cancellationToken);
        Log.Parked(_logger, LogText.Of(upload.EventId), failure.Code, failure.Message);
        return new EventAnswer(verdict);
    }

    /// <summary>Turns what could not be recorded into an answer that asks for another delivery.</summary>
    public async Task<EventAnswer> GuardAsync(Func<Task<EventAnswer>> handle, CancellationToken cancellationToken) =>
        WorkerTelemetry.Count(await TryAsync(handle, cancellationToken));

    private async Task<EventAnswer> TryAsync(Func<Task<EventAnswer>> handle, CancellationToken cancellationToken)
    {
        try
        {
            return await handle();
        }
        catch (DocumentStoreException exception)
        {
            Log.NotRecorded(_logger, exception);
            return new EventAnswer(EventVerdict.StoreUnavailable, _retryAfter);
        }
        catch (ObjectStoreException exception)
        {
            Log.NotRecorded(_logger, exception);
            return new EventAnswer(EventVerdict.BucketUnavailable, _retryAfter);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new EventAnswer(EventVerdict.ShuttingDown, _retryAfter);
        }
    }

    private static string? Fault(UploadEvent upload) =>
        string.IsNullOrEmpty(upload.Bucket) || !ObjectNames.IsUnicode(upload.Bucket) ? "The event names no bucket."
        : !ObjectNames.IsValid(upload.Name) ? $"The event names no object: a name has 1 to {ObjectNames.MaxBytes} bytes of valid UTF-8."
        : upload.Generation is null or <= 0 ? "The event names no generation: a whole number above 0."
        : null;

    /// <summary>A text that a document can hold: valid Unicode, not too long.</summary>
    private static string? Storable(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var kept = text.Length > MaxPayload ? text[..MaxPayload] : text;
        return ObjectNames.IsUnicode(kept) ? kept : string.Concat(kept.Select(static c => char.IsSurrogate(c) ? '\uFFFD' : c));
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 210, Level = LogLevel.Debug, Message = "No rule matches {Name}.")]
        public static partial void NoRule(ILogger logger, string name);

        [LoggerMessage(EventId = 211, Level = LogLevel.Error, Message = "Event {EventId} cannot be worked on and is parked: {Code}. {Reason}")]
        public static partial void Parked(ILogger logger, string eventId, FailureCode code, string reason);

        [LoggerMessage(EventId = 212, Level = LogLevel.Warning, Message = "Nothing could be recorded; the event is to come again.")]
        public static partial void NotRecorded(ILogger logger, Exception exception);
    }
}
