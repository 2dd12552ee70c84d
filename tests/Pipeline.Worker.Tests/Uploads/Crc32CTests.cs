using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Uploads;

public sealed class Crc32CTests
{
    // The values of RFC 3720, appendix B.4, and the common check value.
    [Theory]
    [InlineData("313233343536373839", 0xE3069283u)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8A9136AAu)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x62A8AB43u)]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", 0x46DD794Eu)]
    [InlineData("", 0u)]
    public void Append_PublishedVectors_GivesTheirValue(string hex, uint expected)
    {
        var crc = default(Crc32C);
        crc.Append(Convert.FromHexString(hex));

        Assert.Equal(expected, crc.Value);
    }

    [Fact]
    public void Append_InPieces_IsTheSameAsAtOnce()
    {
        var bytes = Enumerable.Range(0, 100).Select(value => (byte)(value * 7)).ToArray();
        var whole = default(Crc32C);
        whole.Append(bytes);
        for (var split = 0; split <= bytes.Length; split++)
        {
            var pieces = default(Crc32C);
            pieces.Append(bytes.AsSpan(0, split));
            pieces.Append(bytes.AsSpan(split));
            Assert.Equal(whole.Value, pieces.Value);
        }
    }

    [Fact]
    public void ToText_Value_IsBase64OfTheHighestByteFirst()
    {
        Assert.Equal("4waSgw==", Crc32C.ToText(0xE3069283));
    }

    [Theory]
    [InlineData("4waSgw==", 0xE3069283u)]
    [InlineData("AAAAAA==", 0u)]
    [InlineData("AAAA", null)]
    [InlineData("AAAAAAAA", null)]
    [InlineData("4waSg", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void FromText_AnyText_IsTheValueOrNull(string? text, uint? expected)
    {
        Assert.Equal(expected, Crc32C.FromText(text));
    }
}
