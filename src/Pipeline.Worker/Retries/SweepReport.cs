using System.Collections.Immutable;

namespace Pipeline.Worker.Retries;

/// <summary>What one sweep did.</summary>
/// <param name="WarmUpError">Why not every model could be warmed; null where all were.</param>
/// <param name="DueLetters">Due letters found.</param>
/// <param name="ExpiredLeases">Results found with their lease over.</param>
/// <param name="Outcomes">
/// How often each verdict (<see cref="Uploads.EventVerdict"/>) came of them, by its name; <c>Unexpected</c> for what nobody foresaw.
/// </param>
/// <param name="NotStarted">Found, and left for the next sweep because time or count was used up.</param>
/// <param name="StoreUnavailable">Whether a query got no answer: the sweep is not complete.</param>
public sealed record SweepReport(
    string? WarmUpError,
    int DueLetters,
    int ExpiredLeases,
    ImmutableSortedDictionary<string, int> Outcomes,
    int NotStarted,
    bool StoreUnavailable,
    TimeSpan Duration);
