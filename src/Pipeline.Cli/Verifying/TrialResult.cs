using System.Collections.Immutable;

namespace Pipeline.Cli.Verifying;

/// <summary>What a trial says.</summary>
/// <param name="Scores">Of all candidates that saw all pictures, the best first.</param>
/// <param name="Dropped">Of those that saw only some, because others did better, the best first.</param>
/// <param name="Chosen">The best; or the model's own way, where that is known and cannot be told apart from it.</param>
/// <param name="Alike">Those that cannot be told apart from the best, without the chosen one.</param>
/// <param name="Own">The model's own way.</param>
/// <param name="Fits">Whether the chosen one is better than chance.</param>
internal sealed record TrialResult(
    ImmutableArray<CandidateScore> Scores,
    ImmutableArray<CandidateScore> Dropped,
    CandidateScore Chosen,
    ImmutableArray<CandidateScore> Alike,
    CandidateScore Own,
    bool Fits)
{
    /// <summary>Below that many pictures much is luck.</summary>
    public const int FewPictures = 20;

    public int Pictures => Chosen.Pictures;

    /// <summary>Whether the model's own way is as good as any.</summary>
    public bool IsOwnRight => Fits && ReferenceEquals(Chosen, Own);

    /// <param name="final">At least one, of which one is the model's own.</param>
    /// <param name="classes">How many the model has.</param>
    /// <param name="isOwnKnown">Whether the model's own way is more than a guess.</param>
    public static TrialResult Of(ImmutableArray<CandidateScore> final, ImmutableArray<CandidateScore> dropped, int classes, bool isOwnKnown)
    {
        ImmutableArray<CandidateScore> ordered = [.. final.OrderByDescending(score => score.MeanLogLikelihood)];
        ImmutableArray<CandidateScore> alike = [ordered[0], .. ordered.Skip(1).Where(score => score.IsLike(ordered[0]))];
        var own = ordered.Single(score => score.Candidate.IsOwn);
        var chosen = isOwnKnown && alike.Contains(own) ? own : ordered[0];
        return new TrialResult(
            ordered, [.. dropped.OrderByDescending(score => score.MeanLogLikelihood)], chosen, alike.Remove(chosen), own, IsBetterThanChance(chosen, classes));
    }

    /// <summary>More pictures right than two standard errors above what guessing gives, and at least two.</summary>
    private static bool IsBetterThanChance(CandidateScore score, int classes)
    {
        var chance = 1.0 / classes;
        var error = Math.Sqrt(chance * (1 - chance) / Math.Max(1, score.Pictures));
        return score.Top1 * score.Pictures >= Math.Min(2, score.Pictures) && score.Pictures > 0 && score.Top1 > chance + (2 * error);
    }
}
