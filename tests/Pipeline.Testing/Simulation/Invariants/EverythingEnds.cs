using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.World;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>
/// I5: every acknowledged event ends in a terminal state, and it is the right one: of the generation that is live, of that generation's content,
/// or a tombstone where nothing is live. One thing is let pass: a late event of a dead generation with a higher number than the newest one takes
/// the document over by mistake, and where its object cannot be read until the attempts are used up, it stays so.
/// </summary>
public sealed class EverythingEnds : IInvariant
{
    public string Name => "I5";

    public IEnumerable<Violation> Check(SimulationHistory history, SimulationRules rules)
    {
        var end = HistoryReplay.SettledAt(history);
        if (end < 0)
        {
            yield return new Violation(Name, "everything", "the run came to no end.", [history.Entries.Count - 1]);
            yield break;
        }

        var timeline = new ObjectTimeline(history);
        var results = HistoryReplay.FinalDocuments(history, history.Layout.Results).Values
            .Select(document => ResultView.Of(document)!)
            .ToDictionary(result => result.Name);
        foreach (var name in timeline.Names)
        {
            var live = timeline.LiveAt(name, end);
            if (Complaint(results.GetValueOrDefault(name), live, timeline.NewestOf(name), rules) is { } complaint)
            {
                yield return new Violation(Name, name, complaint, [live?.From ?? end, end]);
            }
        }
    }

    private static string? Complaint(ResultView? result, GenerationSpan? live, long newest, SimulationRules rules)
    {
        if (result is null)
        {
            return "no document was ever written.";
        }

        if (!result.IsTerminal)
        {
            return $"is still {result.Status} in the end.";
        }

        if (result.Status == "failed" && result.Generation > newest)
        {
            return null;
        }

        if (live is null)
        {
            return result.Status == "deleted" ? null : $"is {result.Status} though the object is gone.";
        }

        if (result.Status == "deleted" || result.Generation != live.Generation)
        {
            return $"is {result.Status} of generation {result.Generation}, live is {live.Generation}.";
        }

        var content = ObjectContent.Parse(live.Content);
        return result.Status switch
        {
            "classified" when result.Label != content.Label || !content.CanSucceed => $"is classified as '{result.Label}', its content is {content}.",
            "failed" when result.Attempts < rules.MaxAttempts && (content.Kind != ContentKind.Permanent || result.ErrorCode != "NOT_AN_IMAGE") =>
                $"failed with {result.ErrorCode} after {result.Attempts} attempts of {rules.MaxAttempts}, its content is {content}.",
            _ => null,
        };
    }
}
