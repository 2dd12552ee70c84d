using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>A result document as read. Reading never fails: what a stranger has broken reads as unknown, old and without a lease.</summary>
/// <param name="UpdateTime">The version to fence with.</param>
/// <param name="Generation">The least possible where the document names none, so that every generation is newer.</param>
/// <param name="ClaimId">Empty where there is none.</param>
/// <param name="LeaseAt">Null where there is no lease.</param>
public sealed record ResultDocument(
    DocumentPath Path,
    DateTimeOffset UpdateTime,
    string? Bucket,
    string? Name,
    long Generation,
    ResultStatus Status,
    string ClaimId,
    int Attempts,
    DateTimeOffset? LeaseAt,
    TimeSpan Lease)
{
    /// <summary>Null where the document does not exist.</summary>
    public static ResultDocument? Read(DocumentSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Fields is not { } fields)
        {
            return null;
        }

        var reader = new FieldReader(fields);
        var seconds = Math.Clamp(reader.Integer(FieldNames.Lease, FieldNames.Seconds) ?? 0, 0, (long)TimeSpan.FromDays(1).TotalSeconds);
        return new ResultDocument(
            snapshot.Path,
            snapshot.UpdateTime,
            reader.Text(FieldNames.Bucket),
            reader.Text(FieldNames.Name),
            reader.Integer(FieldNames.Generation) ?? long.MinValue,
            ReadStatus(reader.Text(FieldNames.Status)),
            reader.Text(FieldNames.ClaimId) ?? "",
            (int)Math.Clamp(reader.Integer(FieldNames.Attempts) ?? 0, 0, int.MaxValue),
            reader.Time(FieldNames.Lease, FieldNames.At),
            TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Whether nobody holds the document any more at a store's time. A document in processing without a lease is nobody's.</summary>
    public bool IsLeaseOver(DateTimeOffset now) => LeaseAt is not { } at || now > at + Lease;

    private static ResultStatus ReadStatus(string? text) => text switch
    {
        StatusNames.Processing => ResultStatus.Processing,
        StatusNames.Classified => ResultStatus.Classified,
        StatusNames.Retrying => ResultStatus.Retrying,
        StatusNames.Failed => ResultStatus.Failed,
        StatusNames.Deleted => ResultStatus.Deleted,
        _ => ResultStatus.Unknown,
    };
}
