using System.Net;
using System.Net.Http.Headers;
using Pipeline.Embedded.Endpoint;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Endpoint;

public sealed class ByteSpanTests
{
    [Theory]
    [InlineData("bytes=0-3", 0, 4)]
    [InlineData("bytes=2-", 2, 8)]
    [InlineData("bytes=-3", 7, 3)]
    [InlineData("bytes=-30", 0, 10)]
    [InlineData("bytes=4-99", 4, 6)]
    [InlineData("bytes=9-9", 9, 1)]
    public void Read_OneRange_IsClippedToTheObject(string header, long start, long length) =>
        Assert.Equal(new ByteSpan(start, length), ByteSpan.Read(header, 10));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bytes=")]
    [InlineData("bytes=5-2")]
    [InlineData("items=0-1")]
    [InlineData("bytes=0-1,3-4")]
    public void Read_NoRangeOrSeveral_IsNone(string? header) => Assert.Null(ByteSpan.Read(header, 10));

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=0-0", 0)]
    public void Read_BehindTheEnd_Is416(string header, long size) =>
        Assert.Equal(416, Assert.Throws<StorageRequestException>(() => ByteSpan.Read(header, size)).Status);

    [Fact]
    public async Task Get_Range_SendsThatPart()
    {
        using var folder = new FolderFixture();
        using var writer = await folder.OpenAsync();
        await using var endpoint = await EndpointFixture.StartAsync(writer);
        await endpoint.UploadAsync("a", "0123456789");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{endpoint.Url}/download/storage/v1/b/{FolderFixture.Bucket}/o/a?alt=media");
        request.Headers.Range = new RangeHeaderValue(3, 6);

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("bytes 3-6/10", response.Content.Headers.ContentRange!.ToString());
        Assert.Equal("3456", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
