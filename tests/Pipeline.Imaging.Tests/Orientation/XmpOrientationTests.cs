using System.Text;
using Pipeline.Imaging.Orientation;

namespace Pipeline.Imaging.Tests.Orientation;

public sealed class XmpOrientationTests
{
    [Theory]
    [InlineData("<rdf:Description tiff:Orientation=\"6\"/>", 6)]
    [InlineData("<tiff:Orientation>3</tiff:Orientation>", 3)]
    [InlineData("<tiff:Orientation>0</tiff:Orientation><tiff:Orientation>3</tiff:Orientation>", 1)]
    [InlineData("tiff:Orientation tiff:Orientation=\"8\"", 8)]
    [InlineData("tiff:Orientation=\"", null)]
    [InlineData("", null)]
    public void Read_Packet_TellsItsOrientation(string packet, int? expected) => Assert.Equal(expected, XmpOrientation.Read(Encoding.UTF8.GetBytes(packet)));
}
