using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Simulation.History;

/// <summary>A dead letter as the invariants read it.</summary>
public sealed record LetterView(string Id, string Name, long Generation, string State, DateTimeOffset? DueAt, long Attempts, long Redrives, string? ParkedReason)
{
    /// <summary>Null where there is no letter.</summary>
    public static LetterView? Of(DocumentSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot.Fields is not { } fields
            ? null
            : new LetterView(
                snapshot.Path.Id,
                FieldReader.Text(fields, "name") ?? string.Empty,
                FieldReader.Integer(fields, "generation") ?? 0,
                FieldReader.Text(fields, "state") ?? string.Empty,
                FieldReader.Time(fields, "dueAt"),
                FieldReader.Integer(fields, "attempts") ?? 0,
                FieldReader.Integer(fields, "redrives") ?? 0,
                FieldReader.Text(fields, "parkedReason"));
    }
}
