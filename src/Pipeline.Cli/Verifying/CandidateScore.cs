namespace Pipeline.Cli.Verifying;

/// <summary>How a candidate did on each of the pictures, in their order.</summary>
internal sealed class CandidateScore
{
    /// <summary>A share of the scores that counts as none: its logarithm must stay a number.</summary>
    private const double LeastShare = 1e-9;

    /// <summary>A difference of mean log-likelihoods that does not matter, however surely it is there.</summary>
    private const double LeastDifference = 0.001;

    private readonly List<double> _logLikelihoods = [];
    private readonly List<int> _ranks = [];

    public CandidateScore(Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        Candidate = candidate;
    }

    public Candidate Candidate { get; }

    public int Pictures => _ranks.Count;

    /// <summary>The share of pictures whose label got the highest score.</summary>
    public double Top1 => Share(1);

    /// <summary>The share of pictures whose label is among the five highest scores.</summary>
    public double Top5 => Share(5);

    /// <summary>The mean of the natural logarithms of the label's share of all scores: 0 is certainty.</summary>
    public double MeanLogLikelihood => _logLikelihoods.Count == 0 ? double.NegativeInfinity : _logLikelihoods.Average();

    public IReadOnlyList<double> LogLikelihoods => _logLikelihoods;

    /// <summary>Adds a picture.</summary>
    /// <param name="scores">One a class; null where they were no numbers.</param>
    public void Add(double[]? scores, LabelledPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (scores is null)
        {
            _ranks.Add(int.MaxValue);
            _logLikelihoods.Add(Math.Log(LeastShare));
            return;
        }

        var best = picture.Classes.Max(index => scores[index]);
        var isRight = picture.Classes.ToHashSet();
        _ranks.Add(1 + scores.Index().Count(entry => entry.Item > best && !isRight.Contains(entry.Index)));
        var sum = scores.Sum(score => Math.Max(score, 0));
        var share = sum > 0 ? picture.Classes.Sum(index => Math.Max(scores[index], 0)) / sum : 0;
        _logLikelihoods.Add(Math.Log(Math.Clamp(share, LeastShare, 1)));
    }

    /// <summary>
    /// Whether the pictures leave open which of the two is better: a paired t-test of their log-likelihoods, strict enough for the many candidates that are compared
    /// (see <see cref="StudentQuantile"/>). A difference below 0.001 does not matter.
    /// </summary>
    public bool IsLike(CandidateScore other)
    {
        ArgumentNullException.ThrowIfNull(other);
        double[] differences = [.. _logLikelihoods.Zip(other._logLikelihoods, (mine, theirs) => mine - theirs)];
        if (differences.Length < 2)
        {
            return true;
        }

        var mean = differences.Average();
        var variance = differences.Sum(difference => (difference - mean) * (difference - mean)) / (differences.Length - 1);
        return Math.Abs(mean) < LeastDifference || Math.Abs(mean) <= StudentQuantile.Of(differences.Length - 1) * Math.Sqrt(variance / differences.Length);
    }

    private double Share(int rank) => _ranks.Count == 0 ? 0 : _ranks.Count(found => found <= rank) / (double)_ranks.Count;
}
