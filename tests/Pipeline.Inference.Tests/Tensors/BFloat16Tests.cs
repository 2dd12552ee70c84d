using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Tensors;

public sealed class BFloat16Tests
{
    [Theory]
    [InlineData(0x3F80_0000u, 0x3F80)]
    [InlineData(0x3F80_8000u, 0x3F80)]
    [InlineData(0x3F81_8000u, 0x3F82)]
    [InlineData(0x3F80_8001u, 0x3F81)]
    [InlineData(0x7F7F_FFFFu, 0x7F80)]
    [InlineData(0xFF80_0000u, 0xFF80)]
    [InlineData(0x8000_0000u, 0x8000)]
    public void FromSingle_AnyValue_RoundsToNearestEven(uint bits, int expected) =>
        Assert.Equal((ushort)expected, ((BFloat16)BitConverter.UInt32BitsToSingle(bits)).Bits);

    [Theory]
    [InlineData(0x7F80_0001u)]
    [InlineData(0xFFFF_FFFFu)]
    public void FromSingle_NaN_StaysNaN(uint bits) =>
        Assert.True(float.IsNaN((float)(BFloat16)BitConverter.UInt32BitsToSingle(bits)));

    [Fact]
    public void ToSingle_EveryPattern_RoundTrips()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var value = new BFloat16((ushort)bits);
            if (!float.IsNaN((float)value))
            {
                Assert.Equal(value, (BFloat16)(float)value);
            }
        }
    }
}
