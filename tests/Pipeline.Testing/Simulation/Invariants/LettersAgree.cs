using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.World;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>
/// Dead letters are consistent with results: what is retrying has a due letter of its generation at every moment; in the end a letter is left
/// only where something is parked, and everything that is parked has one.
/// </summary>
public sealed class LettersAgree : IInvariant
{
    public string Name => "Letters";

    public IEnumerable<Violation> Check(SimulationHistory history, SimulationRules rules)
    {
        var timeline = new ObjectTimeline(history);
        foreach (var change in HistoryReplay.ResultChanges(history))
        {
            if (change.After.Status == "retrying" && !Covers(change.Letter, change.After, timeline))
            {
                yield return new Violation(
                    Name, change.After.Name, $"is retrying, its letter is {change.Letter?.ToString() ?? "not there"}.", [change.Index]);
            }
        }

        var end = HistoryReplay.SettledAt(history);
        if (end < 0)
        {
            yield break;
        }

        var results = HistoryReplay.FinalDocuments(history, history.Layout.Results);
        var letters = HistoryReplay.FinalDocuments(history, history.Layout.DeadLetters);
        foreach (var letter in letters.Values.Select(document => LetterView.Of(document)!))
        {
            var result = results.TryGetValue(letter.Id, out var document) ? ResultView.Of(document) : null;
            if (letter.State != "parked" || result is not { Status: "failed" } || result.Generation != letter.Generation)
            {
                yield return new Violation(
                    Name, letter.Id, $"a letter is left behind: {letter}; its result is {result?.Status ?? "not there"} of generation {result?.Generation}.", [end]);
            }
        }

        foreach (var result in results.Values.Select(document => ResultView.Of(document)!))
        {
            var kind = timeline.Find(result.Name, result.Generation) is { } span ? ObjectContent.Parse(span.Content).Kind : ContentKind.Permanent;
            if (result.Status == "failed" && kind != ContentKind.Permanent && !letters.ContainsKey(result.Id))
            {
                yield return new Violation(Name, result.Name, $"is parked after {result.Attempts} attempts without a letter.", [end]);
            }
        }
    }

    /// <summary>A letter of a later generation, or of a higher one, also brings the sweep.</summary>
    private static bool Covers(LetterView? letter, ResultView result, ObjectTimeline timeline) =>
        letter is { State: "due" }
        && (letter.Generation > result.Generation
            || timeline.PlaceOf(result.Name, letter.Generation) >= timeline.PlaceOf(result.Name, result.Generation));
}
