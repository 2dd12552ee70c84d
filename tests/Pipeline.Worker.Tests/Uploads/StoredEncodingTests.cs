using System.IO.Compression;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Uploads;

public sealed class StoredEncodingTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Identity")]
    public async Task Decode_NotEncoded_IsTheContent(string? encoding) =>
        Assert.Equal([1, 2], (await StoredEncoding.DecodeAsync(new byte[] { 1, 2 }, encoding, 1, CancellationToken.None)).ToArray());

    [Theory]
    [InlineData("gzip")]
    [InlineData(" GZIP ")]
    [InlineData("x-gzip")]
    public async Task Decode_Gzip_IsUnpacked(string encoding)
    {
        var content = new byte[200_000];
        content[123_456] = 7;

        Assert.Equal(content, (await StoredEncoding.DecodeAsync(Gzip(content), encoding, content.Length, CancellationToken.None)).ToArray());
    }

    [Fact]
    public async Task Decode_GzipOfMoreThanAllowed_IsTooLarge() =>
        await AssertFailsAsync(FailureCode.TooLarge, Gzip(new byte[50_000_000]), "gzip");

    [Fact]
    public async Task Decode_NoGzip_IsDamaged() => await AssertFailsAsync(FailureCode.DamagedImage, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "gzip");

    [Fact]
    public async Task Decode_OtherEncoding_IsNotSupported() => await AssertFailsAsync(FailureCode.EncodingNotSupported, [1], "br");

    private static async Task AssertFailsAsync(FailureCode code, byte[] content, string encoding) => Assert.Equal(
        code,
        (await Assert.ThrowsAsync<ClassificationException>(() => StoredEncoding.DecodeAsync(content, encoding, 1000, CancellationToken.None))).Code);

    private static byte[] Gzip(byte[] content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return result.ToArray();
    }
}
