using Pipeline.Testing.Simulation.World;

namespace Pipeline.Worker.Tests.Simulation;

public sealed class InvariantTests
{
    [Fact]
    public void All_OrdinaryLife_Hold()
    {
        var history = Upload()
            .Claimed("w1", "a", 1, 1).Retrying("w1", "a", 1, 1).Claimed("w2", "b", 1, 2).Classified("w2", "b", 1, 2, dropLetter: true)
            .Acknowledged("e1", 1)
            .Put(2, label: "dog").Delivered("e2", 2).Claimed("w1", "c", 2, 1).Classified("w1", "c", 2, 1, "dog").Acknowledged("e2", 2)
            .Gone(2).Delivered("e3", 2, deleted: true).Deleted("w2", "d", 2).Acknowledged("e3", 2, deleted: true)
            .Settled();

        Assert.Empty(history.Broken());
    }

    [Fact]
    public void All_PoisonThatIsParked_Hold()
    {
        var history = new HistoryBuilder().Put(1, ContentKind.Poison).Delivered("e1", 1).Claimed("w1", "a", 1, 1)
            .SomethingGoesWrong().LeaseOver().Claimed("w2", "b", 1, 2).LeaseOver().Claimed("w3", "c", 1, 3).LeaseOver()
            .Failed("w4", "d", 1, 3, parked: true).Acknowledged("e1", 1).Settled();

        Assert.Empty(history.Broken());
    }

    [Fact]
    public void I1_TwoCompletions_IsBroken() => Expect(
        ["I1"], Upload().Claimed("w1", "a", 1, 1).Classified("w1", "a", 1, 1).Classified("w1", "a", 1, 1).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I1_CompletionAfterRedrive_Holds() => Expect(
        [],
        Upload().Claimed("w1", "a", 1, 1).Classified("w1", "a", 1, 1).Retrying("operator", "b", 1, 0).Claimed("w1", "c", 1, 1)
            .Classified("w1", "c", 1, 1, dropLetter: true).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I2_BackToAReplacedGeneration_IsBroken() => Expect(
        ["I2", "I5"],
        Upload().Put(2).Claimed("w1", "a", 2, 1).Classified("w1", "a", 2, 1).Claimed("w2", "b", 1, 1).Classified("w2", "b", 1, 1)
            .Acknowledged("e1", 1).Settled());

    [Fact]
    public void I2_GenerationThatNeverWas_IsBroken() => Expect(["I2", "I5"], Upload().Claimed("w1", "a", 7, 1));

    [Fact]
    public void I2_LowerNumberThatCameLater_Holds() => Expect(
        [], new HistoryBuilder().Put(9).Gone(9).Put(5).Claimed("w1", "a", 9, 1).Claimed("w1", "b", 5, 1).Classified("w1", "b", 5, 1).Settled());

    [Fact]
    public void I3_ClaimThatDoesNotCount_IsBroken() => Expect(
        ["I3"], Upload().Claimed("w1", "a", 1, 1).LeaseOver().Claimed("w2", "b", 1, 1).Classified("w2", "b", 1, 1).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I3_MoreClaimsThanAllowed_IsBroken() => Expect(
        ["I3"],
        Upload().Claimed("w1", "a", 1, 1).LeaseOver().Claimed("w2", "b", 1, 2).LeaseOver().Claimed("w3", "c", 1, 3).LeaseOver()
            .Claimed("w4", "d", 1, 4).Classified("w4", "d", 1, 4)
            .Acknowledged("e1", 1).Settled());

    [Fact]
    public void I3_AttemptGivenBack_Holds() => Expect(
        [],
        Upload().Claimed("w1", "a", 1, 1).Retrying("w1", "a", 1, 0).Claimed("w2", "b", 1, 1).Retrying("w2", "b", 1, 0).Claimed("w2", "c", 1, 1)
            .Retrying("w2", "c", 1, 0).Claimed("w2", "d", 1, 1).Classified("w2", "d", 1, 1, dropLetter: true).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I4_ForgottenLetter_IsBroken() => Expect(
        ["I4"],
        Upload().Claimed("w1", "a", 1, 1).Retrying("w1", "a", 1, 1).After(TimeSpan.FromMinutes(3)).Claimed("w2", "b", 1, 2)
            .Classified("w2", "b", 1, 2, dropLetter: true).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I4_DisturbedSweeps_Excuse() => Expect(
        [],
        Upload().Claimed("w1", "a", 1, 1).Retrying("w1", "a", 1, 1).After(TimeSpan.FromMinutes(3)).SweepBegan("w1/s1").SweepBegan("w2/s2")
            .After(TimeSpan.FromSeconds(30)).Claimed("w2", "b", 1, 2).Classified("w2", "b", 1, 2, dropLetter: true).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I4_GoodSweeps_DoNotExcuse() => Expect(
        ["I4"],
        Upload().Claimed("w1", "a", 1, 1).Retrying("w1", "a", 1, 1).After(TimeSpan.FromMinutes(3)).SweepBegan("w1/s1").Swept("w1/s1")
            .After(TimeSpan.FromSeconds(30)).Claimed("w2", "b", 1, 2).Classified("w2", "b", 1, 2, dropLetter: true).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I4_DueTimeTooFarAway_IsBroken() => Expect(
        ["I4"],
        Upload().Claimed("w1", "a", 1, 1).Retrying("w1", "a", 1, 1, TimeSpan.FromHours(1)).Claimed("w2", "b", 1, 2)
            .Classified("w2", "b", 1, 2, dropLetter: true).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I5_NotTerminalInTheEnd_IsBroken() => Expect(
        ["I5"], Upload().Claimed("w1", "a", 1, 1).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I5_LabelOfAnotherContent_IsBroken() => Expect(
        ["I5"], Upload().Claimed("w1", "a", 1, 1).Classified("w1", "a", 1, 1, "dog").Acknowledged("e1", 1).Settled());

    [Fact]
    public void I5_GoodContentThatFailsBeforeItsAttemptsAreUsed_IsBroken() => Expect(
        ["I5", "Letters"], Upload().Claimed("w1", "a", 1, 1).Failed("w1", "a", 1, 1, parked: false).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I6_ClaimIdThatComesBack_IsBroken() => Expect(
        ["I6", "Leases"],
        Upload().Claimed("w1", "a", 1, 1).LeaseOver().Claimed("w2", "b", 1, 2).Classified("w1", "a", 1, 2).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I6_WriteIntoAnotherHoldersClaim_IsBroken() => Expect(
        ["I6"], Upload().Claimed("w1", "a", 1, 1).Classified("w2", "a", 1, 1).Acknowledged("e1", 1).Settled());

    [Fact]
    public void I7_ResultAfterTheTombstone_IsBroken() => Expect(
        ["I5", "I7"],
        Upload().Claimed("w1", "a", 1, 1).Gone(1).Deleted("w2", "b", 1).Bare("w2", "retrying", "c", 1, 0).Classified("w1", "c", 1, 0)
            .Acknowledged("e1", 1).Settled(),
        alsoAllowed: ["I3", "I6", "Letters", "I4"]);

    [Fact]
    public void I7_AcknowledgedDeleteWithoutTombstone_IsBroken() => Expect(
        ["I5", "I7"],
        Upload().Claimed("w1", "a", 1, 1).Classified("w1", "a", 1, 1).Gone(1).Delivered("e2", 1, deleted: true).Acknowledged("e2", 1, deleted: true)
            .Acknowledged("e1", 1).Settled());

    [Fact]
    public void I7_DeleteThatAnUploadOvertook_Holds() => Expect(
        [],
        Upload().Claimed("w1", "a", 1, 1).Put(2).Delivered("e2", 1, deleted: true).Acknowledged("e2", 1, deleted: true).Classified("w1", "a", 1, 1)
            .Acknowledged("e1", 1).Claimed("w1", "b", 2, 1).Classified("w1", "b", 2, 1).Settled());

    [Fact]
    public void Letters_LeftBehind_IsBroken() => Expect(
        ["Letters"],
        Upload().Claimed("w1", "a", 1, 1).Retrying("w1", "a", 1, 1).Claimed("w2", "b", 1, 2).Classified("w2", "b", 1, 2).Acknowledged("e1", 1).Settled());

    [Fact]
    public void Letters_RetryingWithoutOne_IsBroken() => Expect(
        ["Letters"],
        Upload().Claimed("w1", "a", 1, 1).Bare("w1", "retrying", "a", 1, 1).Claimed("w2", "b", 1, 2).Classified("w2", "b", 1, 2)
            .Acknowledged("e1", 1).Settled(),
        alsoAllowed: ["I4"]);

    [Fact]
    public void Letters_ParkedWithoutOne_IsBroken() => Expect(
        ["Letters"],
        new HistoryBuilder().Put(1, ContentKind.Hopeless).Delivered("e1", 1).Claimed("w1", "a", 1, 1).LeaseOver().Claimed("w1", "b", 1, 2)
            .LeaseOver().Claimed("w1", "c", 1, 3).FailedWithoutLetter("w1", "c", 1, 3).Acknowledged("e1", 1).Settled());

    [Fact]
    public void Leases_TakenOverTooEarly_IsBroken() => Expect(
        ["Leases"],
        Upload().Claimed("w1", "a", 1, 1).After(TimeSpan.FromSeconds(30)).Claimed("w2", "b", 1, 2).Classified("w2", "b", 1, 2)
            .Acknowledged("e1", 1).Settled());

    [Fact]
    public void Leases_LostByAHealthyHolder_IsBroken() => Expect(
        ["Leases"],
        Upload("w1").Claimed("w1", "a", 1, 1).After(TimeSpan.FromSeconds(90)).Claimed("w2", "b", 1, 2).Classified("w2", "b", 1, 2)
            .Acknowledged("e1", 1).Settled());

    [Fact]
    public void Leases_LostByAHolderWithBadLuck_Holds() => Expect(
        [],
        Upload("w1").SomethingGoesWrong().Claimed("w1", "a", 1, 1).After(TimeSpan.FromSeconds(90)).Claimed("w2", "b", 1, 2)
            .Classified("w2", "b", 1, 2).Acknowledged("e1", 1).Settled());

    [Fact]
    public void Acknowledged_NothingRecorded_IsBroken() => Expect(["I5", "Acknowledged"], Upload().Acknowledged("e1", 1).Settled());

    [Fact]
    public void Acknowledged_NeverAnswered_IsBroken() => Expect(
        ["Acknowledged"], Upload().Claimed("w1", "a", 1, 1).Classified("w1", "a", 1, 1).Settled());

    private static HistoryBuilder Upload(string actor = "w0") => new HistoryBuilder().Put(1).Delivered("e1", 1, actor: actor);

    private static void Expect(string[] broken, HistoryBuilder history, string[]? alsoAllowed = null)
    {
        var found = history.Broken();

        Assert.Empty(broken.Except(found));
        Assert.Empty(found.Except(broken).Except(alsoAllowed ?? []));
    }
}
