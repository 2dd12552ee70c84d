using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;

namespace Pipeline.Worker.Tests.Retries;

public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(3, 40)]
    [InlineData(4, 80)]
    [InlineData(5, 160)]
    [InlineData(6, 320)]
    [InlineData(7, 600)]
    [InlineData(8, 600)]
    [InlineData(100, 600)]
    [InlineData(5000, 600)]
    public void Backoff_NoChance_DoublesUpToTheLargest(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Policy(() => 0).Backoff(failures));

    [Fact]
    public void Backoff_TenThousandDraws_AreNeverShorterAndNotInLockstep()
    {
        const int Seed = 20261125;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var chance = new Lcg(Seed);
        var policy = Policy(chance.Next);
        for (var failures = 1; failures <= 8; failures++)
        {
            var shortest = Policy(() => 0).Backoff(failures);
            var draws = Enumerable.Range(0, 10_000 / 8).Select(_ => policy.Backoff(failures)).ToArray();

            Assert.All(draws, draw => Assert.InRange(draw, shortest, shortest * 1.2));
            Assert.All(draws, draw => Assert.True(draw <= policy.LargestBackoff));
            Assert.True(draws.Distinct().Count() > draws.Length / 2);
        }
    }

    [Fact]
    public void Backoff_NoFailure_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Policy(() => 0).Backoff(0));

    [Fact]
    public void Decide_Permanent_GivesUpWithoutALetter() =>
        Assert.Equal(new RetryDecision.GiveUp(Parked: false, "PERMANENT"), Policy(() => 0).Decide(FailureKind.Permanent, 1, TimeSpan.Zero));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Decide_TransientWithAttemptsLeft_IsAgain(int attempts)
    {
        var policy = Policy(() => 0.5);

        Assert.Equal(
            new RetryDecision.Again(policy.Backoff(attempts), AttemptGivenBack: false),
            policy.Decide(FailureKind.Transient, attempts, TimeSpan.FromDays(30)));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public void Decide_TransientWithoutAttempts_Parks(int attempts) => Assert.Equal(
        new RetryDecision.GiveUp(Parked: true, "ATTEMPTS_EXHAUSTED"), Policy(() => 0).Decide(FailureKind.Transient, attempts, TimeSpan.Zero));

    [Theory]
    [InlineData(0, true)]
    [InlineData(23.99, true)]
    [InlineData(24, false)]
    [InlineData(48, false)]
    public void Decide_Configuration_IsAgainForADay(double hours, bool isAgain)
    {
        var decision = Policy(() => 0.9).Decide(FailureKind.Configuration, 8, TimeSpan.FromHours(hours));

        Assert.Equal(
            isAgain ? new RetryDecision.Again(TimeSpan.FromMinutes(10), AttemptGivenBack: true) : new RetryDecision.GiveUp(true, "CONFIGURATION_NOT_MENDED"),
            decision);
    }

    [Fact]
    public void LargestBackoff_LongConfigurationDelay_CountsToo() => Assert.Equal(
        TimeSpan.FromHours(2),
        new RetryPolicy(new RetryOptions { ConfigurationDelay = TimeSpan.FromHours(2) }, () => 0).LargestBackoff);

    [Fact]
    public void ToString_Policy_IsOneSentence() => Assert.Equal(
        "On transient failures attempts 1 to 8: 10 s doubling to 10 min, up to 20 % longer, then park; "
        + "on configuration failures every 10 min for 24 h, then park; permanent failures are not tried again.",
        Policy(() => 0).ToString());

    private static RetryPolicy Policy(Func<double> chance) => new(new RetryOptions(), chance);
}
