using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Retries;

public sealed class DeadLetterFilterTests
{
    private static readonly DeadLetter Letter = DeadLetter.Read(LetterFields.Due(7, Start));

    public static TheoryData<DeadLetterFilter, bool> Cases => new()
    {
        { new DeadLetterFilter(), true },
        { new DeadLetterFilter { State = DeadLetterState.Due }, true },
        { new DeadLetterFilter { State = DeadLetterState.Parked }, false },
        { new DeadLetterFilter { Code = "internal" }, true },
        { new DeadLetterFilter { Code = "INTERNA" }, false },
        { new DeadLetterFilter { Bucket = Bucket }, true },
        { new DeadLetterFilter { Bucket = "Photos" }, false },
        { new DeadLetterFilter { Prefix = "users/u1/" }, true },
        { new DeadLetterFilter { Prefix = "users/u2/" }, false },
        { new DeadLetterFilter { OlderThan = TimeSpan.FromMinutes(10) }, true },
        { new DeadLetterFilter { OlderThan = TimeSpan.FromMinutes(11) }, false },
        { new DeadLetterFilter { NewerThan = TimeSpan.FromMinutes(10) }, true },
        { new DeadLetterFilter { NewerThan = TimeSpan.FromMinutes(9) }, false },
        { new DeadLetterFilter { Code = "INTERNAL", Prefix = "users/u2/" }, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matches_LetterThatFailedTenMinutesAgo_AllThatIsAskedForHolds(DeadLetterFilter filter, bool expected) =>
        Assert.Equal(expected, filter.Matches(Letter, Start.AddMinutes(10)));

    [Fact]
    public void Matches_Code_IsThatOfTheLastErrorOrOfParking()
    {
        var later = Letter.With(new DeadLetterError("OBJECT_UNAVAILABLE", "Away.", Start.AddMinutes(1), null, null)) with
        {
            State = DeadLetterState.Parked,
            ParkedReason = "ATTEMPTS_EXHAUSTED",
        };

        Assert.True(new DeadLetterFilter { Code = "OBJECT_UNAVAILABLE" }.Matches(later, Start));
        Assert.True(new DeadLetterFilter { Code = "ATTEMPTS_EXHAUSTED" }.Matches(later, Start));
        Assert.False(new DeadLetterFilter { Code = "INTERNAL" }.Matches(later, Start));
    }

    [Fact]
    public void Matches_LetterWithoutNameOrErrors_IsFoundByItsDueTimeOnly()
    {
        var bare = DeadLetter.Read(DocumentFields.Empty) with { DueAt = Start };

        Assert.True(new DeadLetterFilter { OlderThan = TimeSpan.FromMinutes(1) }.Matches(bare, Start.AddMinutes(1)));
        Assert.False(new DeadLetterFilter { Prefix = "" }.Matches(bare, Start));
        Assert.False(new DeadLetterFilter { Code = "INTERNAL" }.Matches(bare, Start));
    }
}
