using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>What a dead letter says. Reading never fails: what is missing or broken is null, and a letter that is not due is parked.</summary>
/// <param name="Rule">The pattern of the rule that matched.</param>
/// <param name="DueAt">When the sweep may take it; for a parked letter, when it was parked.</param>
/// <param name="Attempts">Failed attempts that count.</param>
/// <param name="FirstFailedAt">Since the last redrive.</param>
/// <param name="Errors">The last ten, oldest first.</param>
/// <param name="ParkedReason">Upper snake case; only where parked.</param>
/// <param name="Redrives">How often an operator or the owner has sent it round again.</param>
/// <param name="Payload">The beginning of a message that could not be used.</param>
public sealed record DeadLetter(
    string? Bucket,
    string? Name,
    long? Generation,
    string? Rule,
    string? EventId,
    string? EventType,
    DateTimeOffset? EventTime,
    DeadLetterState State,
    DateTimeOffset DueAt,
    int Attempts,
    DateTimeOffset? FirstFailedAt,
    DateTimeOffset? LastFailedAt,
    ImmutableArray<DeadLetterError> Errors,
    string? ParkedReason,
    int Redrives,
    string? Payload = null)
{
    /// <summary>Errors that are kept.</summary>
    public const int MaxErrors = 10;

    internal const string Due = "due";
    internal const string Parked = "parked";

    public static DeadLetter Read(ImmutableSortedDictionary<string, DocumentValue> fields)
    {
        var reader = new FieldReader(fields);
        return new DeadLetter(
            reader.Text(FieldNames.Bucket),
            reader.Text(FieldNames.Name),
            reader.Integer(FieldNames.Generation),
            reader.Text(FieldNames.Rule),
            reader.Text(FieldNames.EventId),
            reader.Text(FieldNames.EventType),
            reader.Time(FieldNames.EventTime),
            reader.Text(FieldNames.State) == Due ? DeadLetterState.Due : DeadLetterState.Parked,
            reader.Time(FieldNames.DueAt) ?? DateTimeOffset.UnixEpoch,
            Count(reader.Integer(FieldNames.Attempts)),
            reader.Time(FieldNames.FirstFailedAt),
            reader.Time(FieldNames.LastFailedAt),
            [.. reader.Array(FieldNames.Errors).Select(DeadLetterError.Read).OfType<DeadLetterError>()],
            reader.Text(FieldNames.ParkedReason),
            Count(reader.Integer(FieldNames.Redrives)),
            reader.Text(FieldNames.Payload));
    }

    /// <summary>The letter with one more failure in it.</summary>
    public DeadLetter With(DeadLetterError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return this with
        {
            FirstFailedAt = FirstFailedAt ?? error.At,
            LastFailedAt = error.At,
            Errors = [.. Errors.Append(error).TakeLast(MaxErrors)],
        };
    }

    internal ImmutableSortedDictionary<string, DocumentValue> ToFields() => ((DocumentValue.MapValue)Values.Map(
        (FieldNames.Bucket, Values.Text(Bucket)),
        (FieldNames.Name, Values.Text(Name)),
        (FieldNames.Generation, Values.Integer(Generation)),
        (FieldNames.Rule, Values.Text(Rule)),
        (FieldNames.EventId, Values.Text(EventId)),
        (FieldNames.EventType, Values.Text(EventType)),
        (FieldNames.EventTime, Values.Time(EventTime)),
        (FieldNames.State, State == DeadLetterState.Due ? Due : Parked),
        (FieldNames.DueAt, DueAt),
        (FieldNames.Attempts, (long)Attempts),
        (FieldNames.FirstFailedAt, Values.Time(FirstFailedAt)),
        (FieldNames.LastFailedAt, Values.Time(LastFailedAt)),
        (FieldNames.Errors, new DocumentValue.ArrayValue([.. Errors.Select(static error => error.ToValue())])),
        (FieldNames.ParkedReason, State == DeadLetterState.Parked ? Values.Text(ParkedReason) : null),
        (FieldNames.Redrives, (long)Redrives),
        (FieldNames.Payload, Values.Text(Payload)))).Fields;

    private static int Count(long? value) => (int)Math.Clamp(value ?? 0, 0, int.MaxValue);
}
