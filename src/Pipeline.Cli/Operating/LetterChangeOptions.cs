namespace Pipeline.Cli.Operating;

/// <summary>How dead letters are changed.</summary>
/// <param name="Rate">At most this many a second.</param>
/// <param name="DryRun">Only say what would be done.</param>
/// <param name="Yes">Do not ask.</param>
internal sealed record LetterChangeOptions(LetterAction Action, double Rate, bool DryRun, bool Yes, bool Json);
