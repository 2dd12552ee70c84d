using Pipeline.Benchmarks.Engine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Tests.Support;
using Pipeline.Fixtures.Format;

namespace Pipeline.Benchmarks.Tests.Engine;

public sealed class EngineBenchmarkTests
{
    private static readonly EngineBenchmarkOptions Options = new([1], 1, TimeSpan.FromSeconds(5), AllowSpinning: false, UsePlans: true);

    [Fact]
    public void Run_SmallestNet_GivesFiguresOfBothEngines()
    {
        var net = PerformanceNet.Find(PerformanceFolder.Find(), ["mobilenet_v3_large"]).Single();

        var result = Assert.Single(Create().Run(net));

        Assert.NotNull(result.Times);
        Assert.Equal(1, result.Times.Rounds);
        Assert.True(result.Times.OurMilliseconds > 0 && result.Times.PeerMilliseconds > 0);
        Assert.InRange(result.MultiplyAdds!.Value, 210_000_000, 225_000_000);
        Assert.True(result.Peak!.BestGigaflops > 0);
    }

    [Fact]
    public void Run_WithoutPlans_SaysThatItWasInterpreted()
    {
        var net = PerformanceNet.Find(PerformanceFolder.Find(), ["mobilenet_v3_large"]).Single();

        var result = Assert.Single(Create(Options with { UsePlans = false }).Run(net));

        Assert.Equal("interpreted", result.Remark);
    }

    [Fact]
    public void Run_OurAnswerIsNotTheRecordedOne_RefusesTheFigure()
    {
        var net = PerformanceNet.Find(PerformanceFolder.Find(), ["mobilenet_v3_large"]).Single();

        var result = Assert.Single(Create().Run(net with { Cases = [net.Cases[0] with { SavedModel = Exchange(net.Cases[0].SavedModel, net.Cases[1].SavedModel) }] }));

        Assert.Null(result.Times);
        Assert.Contains("our answer is wrong", result.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PeersAnswerIsNotTheRecordedOne_RefusesTheFigure()
    {
        var net = PerformanceNet.Find(PerformanceFolder.Find(), ["mobilenet_v3_large"]).Single();

        var result = Assert.Single(Create().Run(net with { Cases = [net.Cases[0] with { Onnx = Exchange(net.Cases[0].Onnx, net.Cases[1].Onnx) }] }));

        Assert.Null(result.Times);
        Assert.Contains("the peer's answer is wrong", result.Remark, StringComparison.Ordinal);
    }

    /// <summary>A case that records the answer to another picture.</summary>
    private static FixtureCase Exchange(FixtureCase fixture, FixtureCase other) => fixture with { Outputs = other.Outputs };

    private static EngineBenchmark Create() => Create(Options);

    private static EngineBenchmark Create(EngineBenchmarkOptions options) => new(options, new AlternatingRounds(TimeProvider.System, _ => { }), TimeProvider.System);
}
