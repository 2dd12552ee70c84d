using System.Security.Cryptography;
using Pipeline.Benchmarks.Engine;
using Pipeline.Benchmarks.Tests.Support;
using Pipeline.Fixtures.Format;

namespace Pipeline.Benchmarks.Tests.Engine;

public sealed class SeededInputTests
{
    [Fact]
    public void Pixels_EveryRecordedCase_AreTheRecordedOnes()
    {
        Assert.All(FixtureFolder.Read(PerformanceFolder.Find()), fixture =>
        {
            var input = fixture.Fields.GetProperty("input");
            var shape = input.GetProperty("shape");

            var pixels = SeededInput.Pixels(input.GetProperty("seed").GetUInt32(), shape[1].GetInt32(), shape[2].GetInt32());

            Assert.Equal(input.GetProperty("first16").EnumerateArray().Select(value => value.GetByte()), pixels.Take(16));
            Assert.Equal(input.GetProperty("uint8_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(pixels)));
        });
    }

    [Fact]
    public void Normalize_EveryByte_IsExact()
    {
        byte[] pixels = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        Assert.Equal(pixels.Select(pixel => (pixel - 128.0) / 128), SeededInput.Normalize(pixels).Select(value => (double)value));
    }
}
