using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;

namespace Pipeline.Worker.Tests.Ledger;

public sealed class ClaimDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ClaimPurpose.Event, ClaimVerdict.First)]
    [InlineData(ClaimPurpose.DueLetter, ClaimVerdict.First)]
    [InlineData(ClaimPurpose.ExpiredLease, ClaimVerdict.Superseded)]
    public void Decide_NoDocument_IsTheFirst(ClaimPurpose purpose, ClaimVerdict verdict) =>
        Assert.Equal(verdict, ClaimDecision.Decide(null, 5, null, purpose, Now, 8));

    [Theory]
    [InlineData(4L, null, ClaimVerdict.Newer)]
    [InlineData(4L, false, ClaimVerdict.Newer)]
    [InlineData(long.MinValue, null, ClaimVerdict.Newer)]
    [InlineData(6L, null, ClaimVerdict.AskLive)]
    [InlineData(6L, true, ClaimVerdict.Newer)]
    [InlineData(6L, false, ClaimVerdict.Superseded)]
    [InlineData(10L, null, ClaimVerdict.AskLive)]
    public void Decide_OtherGeneration_ComparesNumbersAndAsksForTheLiveOne(long existing, bool? isLive, ClaimVerdict verdict)
    {
        foreach (var status in Enum.GetValues<ResultStatus>())
        {
            Assert.Equal(verdict, ClaimDecision.Decide(Result(status, existing), 5, isLive, ClaimPurpose.Event, Now, 8));
        }
    }

    [Theory]
    [InlineData(ResultStatus.Classified, ClaimVerdict.Duplicate)]
    [InlineData(ResultStatus.Failed, ClaimVerdict.Duplicate)]
    [InlineData(ResultStatus.Deleted, ClaimVerdict.Duplicate)]
    [InlineData(ResultStatus.Unknown, ClaimVerdict.TakeOver)]
    public void Decide_SameGenerationDone_IsADuplicateForEverybody(ResultStatus status, ClaimVerdict verdict)
    {
        foreach (var purpose in Enum.GetValues<ClaimPurpose>())
        {
            Assert.Equal(verdict, ClaimDecision.Decide(Result(status), 5, null, purpose, Now, 8));
        }
    }

    [Theory]
    [InlineData(ClaimPurpose.Event, ClaimVerdict.Deferred)]
    [InlineData(ClaimPurpose.ExpiredLease, ClaimVerdict.Deferred)]
    [InlineData(ClaimPurpose.DueLetter, ClaimVerdict.Retry)]
    public void Decide_Retrying_BelongsToTheSweep(ClaimPurpose purpose, ClaimVerdict verdict) =>
        Assert.Equal(verdict, ClaimDecision.Decide(Result(ResultStatus.Retrying), 5, null, purpose, Now, 8));

    [Theory]
    [InlineData(-60.0, 1, ClaimVerdict.InFlight)]
    [InlineData(-60.000001, 1, ClaimVerdict.TakeOver)]
    [InlineData(-60.000001, 7, ClaimVerdict.TakeOver)]
    [InlineData(-60.000001, 8, ClaimVerdict.Exhausted)]
    [InlineData(-60.000001, 9, ClaimVerdict.Exhausted)]
    [InlineData(-1.0, 8, ClaimVerdict.InFlight)]
    [InlineData(3600.0, 1, ClaimVerdict.InFlight)]
    public void Decide_Processing_DependsOnTheLease(double leaseAt, int attempts, ClaimVerdict verdict)
    {
        var result = Result(ResultStatus.Processing) with { Attempts = attempts, LeaseAt = Now.AddMicroseconds(leaseAt * 1e6) };
        foreach (var purpose in new[] { ClaimPurpose.Event, ClaimPurpose.ExpiredLease })
        {
            Assert.Equal(verdict, ClaimDecision.Decide(result, 5, null, purpose, Now, 8));
        }

        Assert.Equal(ClaimVerdict.InFlight, ClaimDecision.Decide(result, 5, null, ClaimPurpose.DueLetter, Now, 8));
    }

    [Fact]
    public void Decide_ProcessingWithoutALease_IsNobodys()
    {
        foreach (var purpose in Enum.GetValues<ClaimPurpose>())
        {
            var result = Result(ResultStatus.Processing) with { LeaseAt = null };
            Assert.Equal(ClaimVerdict.TakeOver, ClaimDecision.Decide(result, 5, null, purpose, Now, 8));
        }
    }

    private static ResultDocument Result(ResultStatus status, long generation = 5) => new(
        new DocumentPath("classifications", "a"), Now, "photos", "a", generation, status, "claim", 1, Now, TimeSpan.FromSeconds(60));
}
