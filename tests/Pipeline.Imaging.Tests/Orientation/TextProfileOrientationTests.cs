using System.Text;
using Pipeline.Imaging.Orientation;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Orientation;

public sealed class TextProfileOrientationTests
{
    [Theory]
    [InlineData("\nexif\n      26\n{0}\n", 6)]
    [InlineData("\nexif\n      32\n457869660000{0}\n", 6)]
    [InlineData("\nexif\n      26\n{0}", 6)]
    [InlineData("\nexif\n      26\nzz\n", null)]
    [InlineData("\nexif", null)]
    [InlineData("", null)]
    public void Read_Profile_TellsItsOrientation(string body, int? expected)
    {
        var hex = Convert.ToHexStringLower(ExifBytes.Orientation(6));
        var broken = hex.Insert(20, "\n");
        foreach (var digits in new[] { hex, broken, hex.ToUpperInvariant() })
        {
            var text = body.Replace("{0}", digits, StringComparison.Ordinal);

            Assert.Equal(expected, TextProfileOrientation.Read(Encoding.ASCII.GetBytes("Raw profile type exif\0" + text)));
            Assert.Equal(expected, TextProfileOrientation.ReadCompressed(PngBytes.Compressed("Raw profile type exif", Encoding.ASCII.GetBytes(text))));
        }
    }

    [Fact]
    public void ReadCompressed_BrokenData_IsNothing() =>
        Assert.Null(TextProfileOrientation.ReadCompressed([.. "Raw profile type exif\0\0"u8, 1, 2, 3, 4]));

    [Fact]
    public void Read_OtherText_IsNothing() => Assert.Null(TextProfileOrientation.Read("Comment\0Raw profile type exif"u8));
}
