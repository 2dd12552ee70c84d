using Pipeline.Cli.Verifying.Recorded;
using Pipeline.Inference.Tensors;

namespace Pipeline.Cli.Tests.Verifying.Recorded;

public sealed class RecordedComparisonTests
{
    [Theory]
    [InlineData(1f, 1f, true)]
    [InlineData(1f, 1.19f, true)]
    [InlineData(1f, 1.21f, false)]
    [InlineData(0f, 0.09f, true)]
    [InlineData(0f, -0.11f, false)]
    [InlineData(float.NaN, float.NaN, true)]
    [InlineData(float.NaN, 1f, false)]
    [InlineData(1f, float.NaN, false)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, true)]
    [InlineData(float.PositiveInfinity, float.MaxValue, false)]
    [InlineData(1f, float.NegativeInfinity, false)]
    public void Compare_Floats_PassWithinTheTolerance(float want, float got, bool passes)
    {
        var outcome = Compare(Tensor.Vector(want, 5f), Tensor.Vector(got, 5f), 0.1, 0.1);

        Assert.Equal(passes ? RecordedVerdict.Passed : RecordedVerdict.Failed, outcome.Verdict);
        Assert.Equal(passes, outcome.Share <= 1);
        Assert.Equal(passes, outcome.Remark.Length == 0);
    }

    [Fact]
    public void Compare_NoTolerance_MeansEqual()
    {
        Assert.Equal(RecordedVerdict.Passed, Compare(Tensor.Vector(long.MaxValue), Tensor.Vector(long.MaxValue), 0, 0).Verdict);
        Assert.Equal(RecordedVerdict.Failed, Compare(Tensor.Vector(long.MaxValue), Tensor.Vector(long.MaxValue - 1), 0, 0).Verdict);
        Assert.Equal(RecordedVerdict.Failed, Compare(Tensor.Vector(1f), Tensor.Vector(1.0000001f), 0, 0).Verdict);
        Assert.Equal(RecordedVerdict.Passed, Compare(Tensor.Vector(0f), Tensor.Vector(-0f), 0, 0).Verdict);
    }

    [Fact]
    public void Compare_AnotherTypeShapeOrNothing_Fails()
    {
        var want = Tensor.Vector(1f, 2f);

        Assert.Contains("Float64", Compare(want, Tensor.Vector(1.0, 2.0), 1, 1).Remark, StringComparison.Ordinal);
        Assert.Equal(RecordedVerdict.Failed, Compare(want, Tensor.Vector(1f), 1, 1).Verdict);
        Assert.Equal(RecordedVerdict.Failed, Compare(want, null, 1, 1).Verdict);
    }

    [Fact]
    public void Compare_Texts_AreSkipped() =>
        Assert.Equal(RecordedVerdict.Skipped, RecordedComparison.Compare(Case(0, 0), new RecordedTensor("y", null), Tensor.Vector(1f)).Verdict);

    private static RecordedOutcome Compare(Tensor want, RuntimeValue? got, double relative, double absolute) =>
        RecordedComparison.Compare(Case(relative, absolute), new RecordedTensor("y", want), got);

    private static RecordedCase Case(double relative, double absolute) => new("a", "saved_model", null, [], null, null, [], [], relative, absolute);
}
