using System.Runtime.InteropServices;
using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;

namespace Pipeline.Fixtures.Tests.Running;

public sealed class TensorComparisonTests
{
    [Theory]
    [InlineData(1f, 1f, 0, 0, true)]
    [InlineData(0f, -0f, 0, 0, true)]
    [InlineData(float.NaN, float.NaN, 0, 0, true)]
    [InlineData(1f, float.NaN, 1, 1, false)]
    [InlineData(float.NaN, 1f, 1, 1, false)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, 0, 0, true)]
    [InlineData(float.PositiveInfinity, float.NegativeInfinity, 1, 1, false)]
    [InlineData(100f, 100.9f, 0.01, 0, true)]
    [InlineData(100f, 101.1f, 0.01, 0, false)]
    [InlineData(0f, 0.05f, 0, 0.05000001, true)]
    [InlineData(0f, 0.06f, 0, 0.05, false)]
    public void Compare_Floats_PassesWithinTheTolerance(float want, float got, double relative, double absolute, bool passes)
    {
        var tensor = new FixtureTensor("y", "float32", [1], MemoryMarshal.AsBytes<float>([want]).ToArray(), null);

        var result = TensorComparison.Compare(tensor, [1], MemoryMarshal.AsBytes<float>([got]), new FixtureTolerance(relative, absolute));

        Assert.Equal(passes ? FixtureVerdict.Passed : FixtureVerdict.Failed, result.Verdict);
    }

    [Fact]
    public void Compare_LongsBeyondDoublePrecision_AreTold()
    {
        var tensor = new FixtureTensor("y", "int64", [1], MemoryMarshal.AsBytes<long>([(1L << 53) + 1]).ToArray(), null);

        var result = TensorComparison.Compare(tensor, [1], MemoryMarshal.AsBytes<long>([1L << 53]), default);

        Assert.Equal(FixtureVerdict.Failed, result.Verdict);
    }

    [Fact]
    public void Compare_AnotherShape_Fails()
    {
        var tensor = new FixtureTensor("y", "uint8", [2, 3], new byte[6], null);

        var result = TensorComparison.Compare(tensor, [3, 2], new byte[6], default);

        Assert.Contains("shape [3,2], expected [2,3]", result.Reason, StringComparison.Ordinal);
    }
}
