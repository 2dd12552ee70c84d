using Pipeline.Testing.Simulation;
using Pipeline.Testing.Simulation.World;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Tests.Simulation.Broken;

namespace Pipeline.Worker.Tests.Simulation;

/// <summary>The simulation itself on trial: deliberately broken workers are found out within the runs of the suite.</summary>
public sealed class BrokenWorkerTests(ITestOutputHelper output)
{
    private const int Runs = 2_000;

    [Theory]
    [InlineData("I1")]
    [InlineData("I6")]
    [InlineData("I7")]
    public void CompletionWithoutPrecondition_IsCaught(string invariant) => ExpectCaught(invariant, store => new UnfencedCompletion(store));

    [Fact]
    public void ClaimWithoutPrecondition_IsCaught() => ExpectCaught("I2", store => new UnfencedClaim(store));

    [Fact]
    public void ExpiredLeasesOverlooked_AreCaught() => ExpectCaught("I4", store => new ExpiredLeasesOverlooked(store));

    [Fact]
    public void AttemptsCountedAtFailure_AreCaught() => ExpectCaught("I3", store => new AttemptsCountedAtFailure(store));

    [Fact]
    public void LettersLeftBehind_AreCaught() => ExpectCaught("Letters", store => new LettersLeftBehind(store));

    [Fact]
    public void LeaseNeverRenewed_IsCaught() => ExpectCaught("Leases", store => new LeaseNeverRenewed(store));

    [Fact]
    public void LeaseStolenEarly_IsCaught() => ExpectCaught("Leases", store => new LeaseStolenEarly(store));

    [Theory]
    [InlineData("Acknowledged")]
    [InlineData("I5")]
    public void UnknownOutcomeTakenForDone_IsCaught(string invariant) => ExpectCaught(invariant, store => new UnknownOutcomeTakenForDone(store));

    [Fact]
    public void UnknownOutcomeTakenForFailure_IsCaught() => ExpectCaught("I1", store => new UnknownOutcomeTakenForFailure(store));

    private void ExpectCaught(string invariant, Func<IDocumentStore, IDocumentStore> tamper)
    {
        var simulator = new Simulator(environment => new UploadWorkerCode(environment with { Documents = tamper(environment.Documents) }));
        for (var seed = 1; seed <= Runs; seed++)
        {
            if (simulator.Run(SimulationPlans.FromSeed(seed)).Violations.FirstOrDefault(violation => violation.Invariant == invariant) is { } violation)
            {
                output.WriteLine($"Caught with seed {seed}: {violation}");
                return;
            }
        }

        Assert.Fail($"{Runs} runs did not break {invariant}.");
    }
}
