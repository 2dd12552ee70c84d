using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.SavedModel.Files;

public sealed class VarintTests
{
    [Theory]
    [InlineData(0UL)]
    [InlineData(127UL)]
    [InlineData(128UL)]
    [InlineData(300UL)]
    [InlineData(ulong.MaxValue)]
    public void TryRead_WrittenNumber_GivesItBack(ulong value)
    {
        var bytes = new WireWriter().Number(value).ToArray();

        Assert.True(Varint.TryRead([.. bytes, 0xFF], out var read, out var length));
        Assert.Equal(value, read);
        Assert.Equal(bytes.Length, length);
    }

    [Fact]
    public void TryRead_EndsInside_IsFalse() => Assert.False(Varint.TryRead([0x80, 0x80], out _, out _));

    [Fact]
    public void TryRead_Empty_IsFalse() => Assert.False(Varint.TryRead([], out _, out _));

    [Fact]
    public void TryRead_MoreThan64Bits_IsFalse() =>
        Assert.False(Varint.TryRead([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], out _, out _));

    [Fact]
    public void TryRead_ElevenBytes_IsFalse() =>
        Assert.False(Varint.TryRead([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], out _, out _));
}
