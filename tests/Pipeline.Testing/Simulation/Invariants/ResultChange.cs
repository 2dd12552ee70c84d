using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>What an accepted commit made of one result.</summary>
/// <param name="Index">The entry's place in the history.</param>
/// <param name="Before">Null where there was none.</param>
/// <param name="Letter">The letter of the same id after the commit, or null.</param>
internal sealed record ResultChange(int Index, SimulationEntry.Committed Entry, ResultView? Before, ResultView After, LetterView? Letter)
{
    /// <summary>A new holder takes the document.</summary>
    public bool IsClaim => After.Status == "processing" && (Before is null || Before.ClaimId != After.ClaimId);

    public bool IsOfSameGeneration => Before is not null && Before.Generation == After.Generation;

    /// <summary>An operator gives it all its attempts back.</summary>
    public bool IsRedrive =>
        IsOfSameGeneration && After is { Status: "retrying", Attempts: 0 } && Before!.Status != "processing" && Before.ClaimId != After.ClaimId;

    /// <summary>The holder was not to blame: a release, or a failure of the configuration.</summary>
    public bool IsGivenBack =>
        IsOfSameGeneration && Before!.Status == "processing" && After.Status == "retrying" && After.Attempts == Before.Attempts - 1;
}
