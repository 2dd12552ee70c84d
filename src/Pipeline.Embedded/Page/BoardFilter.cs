namespace Pipeline.Embedded.Page;

/// <summary>Which rows are asked for; what is null is not.</summary>
/// <param name="Status">Exactly this status.</param>
/// <param name="Label">Exactly this label.</param>
/// <param name="Text">Somewhere in the name or the label, whatever the case.</param>
internal sealed record BoardFilter(string? Status, string? Label, string? Text)
{
    public bool Matches(BoardRow row) =>
        (Status is null || row.Status == Status)
        && (Label is null || row.Label == Label)
        && (Text is null
            || row.Name.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || row.Label?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true);
}
