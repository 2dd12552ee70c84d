using System.Collections.Immutable;
using Pipeline.Cli.Verifying;

namespace Pipeline.Cli.Tests.Verifying;

public sealed class CandidateScoreTests
{
    private static readonly ImmutableDictionary<string, string> Own = ImmutableDictionary<string, string>.Empty.Add("$.input.resize", "\"tf-bilinear\"");

    [Fact]
    public void Add_Scores_AreRankedAndSharedOut()
    {
        var score = Score();
        score.Add([0.5, 0.25, 0.25], Picture(0));
        score.Add([0.5, 0.25, 0.25], Picture(1));

        Assert.Equal((0.5, 1.0, 2), (score.Top1, score.Top5, score.Pictures));
        Assert.Equal((Math.Log(0.5) + Math.Log(0.25)) / 2, score.MeanLogLikelihood, 9);
    }

    [Fact]
    public void Add_LabelOfSeveralClasses_CountsAllOfThem()
    {
        var score = Score();
        score.Add([0.3, 0.4, 0.3], Picture(0, 2));
        score.Add([0.1, 0.2, 0.7], Picture(0, 2));

        Assert.Equal(0.5, score.Top1);
        Assert.Equal((Math.Log(0.6) + Math.Log(0.8)) / 2, score.MeanLogLikelihood, 9);
    }

    [Fact]
    public void Add_NothingOrNoNumbers_IsTheWorstAndStillANumber()
    {
        var score = Score();
        score.Add(null, Picture(0));
        score.Add([0, 1, 0], Picture(0));
        score.Add([0, 0, 0], Picture(0));

        Assert.True(double.IsFinite(score.MeanLogLikelihood));
        Assert.Equal(Math.Log(1e-9), score.MeanLogLikelihood, 9);
    }

    [Theory]
    [InlineData(2, 0.01, true)]
    [InlineData(40, 0.0, true)]
    [InlineData(40, 0.01, true)]
    [InlineData(40, 0.3, false)]
    [InlineData(4000, 0.03, false)]
    public void IsLike_MorePicturesOrLargerDifferences_TellApart(int pictures, double better, bool isLike)
    {
        var (first, second) = (Score(), Score());
        for (var i = 0; i < pictures; i++)
        {
            var share = 0.5 + (0.1 * Math.Sin(i));
            first.Add([share, 1 - share], Picture(0));
            var other = share - better + (0.1 * Math.Cos(3 * i));
            second.Add([other, 1 - other], Picture(0));
        }

        Assert.Equal(isLike, first.IsLike(second));
        Assert.Equal(isLike, second.IsLike(first));
    }

    [Theory]
    [InlineData(1, 636.6)]
    [InlineData(11, 4.587)]
    [InlineData(1000, 3.300)]
    [InlineData(100_000, 3.291)]
    public void Quantile_BetweenEntries_IsTheStricter(int degrees, double quantile) => Assert.Equal(quantile, StudentQuantile.Of(degrees));

    [Fact]
    public void Quantile_NoDegrees_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => StudentQuantile.Of(0));

    private static CandidateScore Score() => new(Candidate.Of(Own, CandidatePart.Of("values"), CandidatePart.Of("resizing")));

    private static LabelledPicture Picture(params int[] classes) => new("picture.jpg", "label", [.. classes]);
}
