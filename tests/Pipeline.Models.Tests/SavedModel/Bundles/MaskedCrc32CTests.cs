using System.Text;
using Pipeline.Models.SavedModel.Bundles;

namespace Pipeline.Models.Tests.SavedModel.Bundles;

public sealed class MaskedCrc32CTests
{
    [Fact]
    public void Unmasked_CheckString_IsThePublishedValue() => Assert.Equal(0xE3069283, Unmasked(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Unmasked_ThirtyTwoZeros_IsThePublishedValue() => Assert.Equal(0x8A9136AA, Unmasked(new byte[32]));

    [Fact]
    public void Unmasked_CountingUp_IsThePublishedValue() => Assert.Equal(0x46DD794EU, Unmasked([.. Enumerable.Range(0, 32).Select(value => (byte)value)]));

    [Fact]
    public void Masked_Nothing_IsTheConstant() => Assert.Equal(0xA282EAD8, MaskedCrc32C.Of([]));

    [Fact]
    public void Masked_UndoneByHand_IsTheSum()
    {
        var bytes = Encoding.ASCII.GetBytes("123456789");
        var rotated = MaskedCrc32C.Of(bytes) - 0xA282EAD8;

        Assert.Equal(0xE3069283, (rotated >> 17) | (rotated << 15));
    }

    [Fact]
    public void Append_AnyPieces_IsTheSumOfTheWhole()
    {
        var bytes = Enumerable.Range(0, 100).Select(value => (byte)(value * 37)).ToArray();
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var crc = default(MaskedCrc32C);
            crc.Append(bytes.AsSpan(0, cut));
            crc.Append(bytes.AsSpan(cut));
            Assert.Equal(MaskedCrc32C.Of(bytes), crc.Masked);
        }
    }

    private static uint Unmasked(byte[] bytes)
    {
        var crc = default(MaskedCrc32C);
        crc.Append(bytes);
        return crc.Unmasked;
    }
}
