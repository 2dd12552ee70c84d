using Pipeline.Imaging.Orientation;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Orientation;

public sealed class ExifOrientationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_OneToEight_IsTold(bool isBigEndian)
    {
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            Assert.Equal(orientation, ExifOrientation.Read(ExifBytes.Orientation(orientation, isBigEndian)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(65535)]
    public void Read_OutOfRange_IsOne(int value) => Assert.Equal(1, ExifOrientation.Read(ExifBytes.Orientation(value)));

    [Fact]
    public void Read_StoredAsLong_IsTold() => Assert.Equal(6, ExifOrientation.Read(ExifBytes.Write(true, 0x0112, 4, 1, 6)));

    [Fact]
    public void Read_StoredAsByte_IsOne() => Assert.Equal(1, ExifOrientation.Read(ExifBytes.Write(false, 0x0112, 1, 1, 6)));

    [Fact]
    public void Read_SeveralValues_IsOne() => Assert.Equal(1, ExifOrientation.Read(ExifBytes.Write(false, 0x0112, 3, 2, 6)));

    [Fact]
    public void Read_OtherTag_IsNothing() => Assert.Null(ExifOrientation.Read(ExifBytes.Write(false, 0x010F, 3, 1, 6)));

    [Fact]
    public void Read_CutAnywhere_IsNothingOrTheValue()
    {
        var exif = ExifBytes.Orientation(6);
        for (var length = 0; length < exif.Length; length++)
        {
            Assert.True(ExifOrientation.Read(exif.AsSpan(0, length)) is null or 6, $"cut to {length} bytes");
        }
    }

    [Fact]
    public void Read_RandomBytes_NeverThrows()
    {
        var random = SeededRandom.Create(21);
        for (var round = 0; round < 2_000; round++)
        {
            var exif = ExifBytes.Orientation(6, round % 2 == 0);
            for (var count = random.Next(1, 6); count > 0; count--)
            {
                exif[random.Next(exif.Length)] = (byte)random.Next(256);
            }

            Assert.True(ExifOrientation.Read(exif) is null or (>= 1 and <= 8));
        }
    }
}
