using Pipeline.Embedded.Multipart;

namespace Pipeline.Embedded.Tests.Multipart;

public sealed class MultipartBoundaryTests
{
    [Theory]
    [InlineData("multipart/related; boundary=abc", "abc")]
    [InlineData("multipart/related; boundary=\"a b;c\"; type=x", "a b;c")]
    [InlineData("multipart/related; boundary='===============0123=='", "===============0123==")]
    [InlineData("multipart/related; boundary====x==", "===x==")]
    [InlineData("Multipart/Related;type=\"a;boundary=no\"; Boundary = abc ; x=y", "abc")]
    [InlineData("multipart/related;start='<a;boundary=no>';boundary=abc", "abc")]
    public void Read_Boundary_IsFound(string contentType, string boundary) => Assert.Equal(boundary, MultipartBoundary.Read(contentType));

    [Theory]
    [InlineData(null)]
    [InlineData("application/json; boundary=abc")]
    [InlineData("multipart/related")]
    [InlineData("multipart/related; boundary=")]
    [InlineData("multipart/related; boundary=\"\"")]
    [InlineData("multipart/related; boundary=\"abc")]
    [InlineData("multipart/related; boundary=\"abc \"")]
    [InlineData("multipart/related; boundary=\"a\u00e9\"")]
    [InlineData("multipart/related; boundaries=abc")]
    public void Read_NoBoundary_IsRefused(string? contentType) => Assert.Throws<InvalidMultipartException>(() => MultipartBoundary.Read(contentType));

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Read_Length_IsLimited(int length, bool isTaken)
    {
        var read = Record.Exception(() => MultipartBoundary.Read("multipart/related; boundary=" + new string('x', length)));

        Assert.Equal(isTaken, read is null);
    }
}
