using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Ledger;

/// <summary>A dead letter as read from the store.</summary>
/// <param name="UpdateTime">The version to fence with.</param>
public sealed record StoredLetter(DocumentPath Path, DateTimeOffset UpdateTime, DeadLetter Letter)
{
    /// <summary>Null where the document does not exist.</summary>
    public static StoredLetter? Read(DocumentSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot.Fields is { } fields ? new StoredLetter(snapshot.Path, snapshot.UpdateTime, DeadLetter.Read(fields)) : null;
    }

    /// <summary>The write that puts a letter where it was read, or where there was none.</summary>
    internal static DocumentWrite Save(DocumentPath path, StoredLetter? known, DeadLetter letter) =>
        new DocumentWrite.Set(path, Unchanged(known), letter.ToFields(), null, []);

    /// <summary>The write that deletes the letter as read.</summary>
    internal DocumentWrite Remove() => new DocumentWrite.Delete(Path, Unchanged(this));

    private static DocumentPrecondition Unchanged(StoredLetter? known) =>
        known is null ? DocumentPrecondition.MustNotExist : DocumentPrecondition.LastUpdated(known.UpdateTime);
}
