using System.Collections.Immutable;
using Pipeline.Cli.Verifying;

namespace Pipeline.Cli.Tests.Verifying;

public sealed class TrialResultTests
{
    private static readonly ImmutableDictionary<string, string> Own = ImmutableDictionary<string, string>.Empty.Add("$.input.resize", "\"tf-bilinear\"");

    [Fact]
    public void Of_OwnThatCannotBeToldApart_IsChosenWhereItIsKnown()
    {
        var (own, other) = (Score("tf-bilinear", 0.9, 30), Score("pil-box", 0.9001, 30));

        Assert.Same(own, TrialResult.Of([other, own], [], 10, isOwnKnown: true).Chosen);
        Assert.Same(other, TrialResult.Of([other, own], [], 10, isOwnKnown: false).Chosen);
        Assert.Equal([other], TrialResult.Of([other, own], [], 10, isOwnKnown: true).Alike);
    }

    [Fact]
    public void Of_OwnThatIsWorse_IsNotRight()
    {
        var result = TrialResult.Of([Score("tf-bilinear", 0.2, 30), Score("pil-box", 0.9, 30)], [], 10, isOwnKnown: true);

        Assert.False(result.IsOwnRight);
        Assert.Equal("pil-box", result.Chosen.Candidate.Manifest.Input.Resize);
        Assert.Empty(result.Alike);
    }

    [Theory]
    [InlineData(0.02, 30, false)]
    [InlineData(0.9, 30, true)]
    [InlineData(0.9, 0, false)]
    public void Of_NoBetterThanGuessing_FitsNot(double share, int pictures, bool fits) =>
        Assert.Equal(fits, TrialResult.Of([Score("tf-bilinear", share, pictures)], [], 10, isOwnKnown: true).Fits);

    private static CandidateScore Score(string resize, double share, int pictures)
    {
        var score = new CandidateScore(Candidate.Of(Own, CandidatePart.Of("values"), CandidatePart.Of("resizing", ("$.input.resize", $"\"{resize}\""))));
        for (var i = 0; i < pictures; i++)
        {
            var own = share + (0.05 * Math.Sin(i + share));
            score.Add([own, .. Enumerable.Repeat((1 - own) / 9, 9)], new LabelledPicture("picture.jpg", "label", [0]));
        }

        return score;
    }
}
