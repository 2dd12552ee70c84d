using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Simulation.History;

/// <summary>A result document as the invariants read it.</summary>
/// <param name="LeaseEnd">Null unless it is being processed.</param>
public sealed record ResultView(
    string Id,
    string Name,
    long Generation,
    string Status,
    string ClaimId,
    long Attempts,
    string? Label,
    string? Model,
    string? ErrorCode,
    DateTimeOffset? LeaseEnd)
{
    /// <summary>Nothing happens to it any more unless something new is asked for.</summary>
    public bool IsTerminal => Status is "classified" or "failed" or "deleted";

    /// <summary>Null where there is no document.</summary>
    public static ResultView? Of(DocumentSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Fields is not { } fields)
        {
            return null;
        }

        var lease = FieldReader.Map(fields, "lease");
        return new ResultView(
            snapshot.Path.Id,
            FieldReader.Text(fields, "name") ?? string.Empty,
            FieldReader.Integer(fields, "generation") ?? 0,
            FieldReader.Text(fields, "status") ?? string.Empty,
            FieldReader.Text(fields, "claimId") ?? string.Empty,
            FieldReader.Integer(fields, "attempts") ?? 0,
            FieldReader.Text(fields, "label"),
            FieldReader.Map(fields, "model") is { } model ? FieldReader.Text(model, "sha256") ?? FieldReader.Text(model, "version") : null,
            FieldReader.Map(fields, "error") is { } error ? FieldReader.Text(error, "code") : null,
            lease is null ? null : FieldReader.Time(lease, "at") + TimeSpan.FromSeconds(FieldReader.Number(lease, "seconds") ?? 0));
    }
}
