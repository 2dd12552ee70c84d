using System.Security.Cryptography;
using System.Text;
using Pipeline.Embedded.Multipart;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Multipart;

public sealed class MultipartRelatedTests
{
    private const string Type = "multipart/related; boundary=bb";

    /// <summary>Requests as clients write them, and as the standard allows: <c>|</c> stands for the content.</summary>
    public static TheoryData<string, string> WellFormed => new()
    {
        { Type, "--bb\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--bb\r\nContent-Type: image/png\r\n\r\n|\r\n--bb--\r\n" },
        { Type, "--bb\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n{\"a\":1}\r\n--bb\r\ncontent-type:image/png\r\n\r\n|\r\n--bb--" },
        { Type, "preamble\r\n--b\r\n--bbb\r\n--bb \t\r\n\r\n{\"a\":1}\r\n--bb\r\nX: y\r\nContent-Type: image/png\r\n\r\n|\r\n--bb--\r\nepilogue\r\n--bb\r\n" },
        { Type, "\r\n--bb\r\n\r\n{\"a\":1}\r\n--bb\r\nContent-Type:\r\n image/png\r\n\r\n|\r\n--bb--" },
        {
            "multipart/related; boundary='===============01=='",
            "--===============01==\nContent-Type: application/json\nMIME-Version: 1.0\n\n{\"a\":1}\n--===============01==\n" +
            "Content-Type: image/png\nMIME-Version: 1.0\nContent-Transfer-Encoding: binary\n\n|\n--===============01==--"
        },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(WellFormed))]
    public async Task OpenAsync_WellFormed_GivesBothPartsByteForByteHoweverItArrives(string contentType, string request)
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        foreach (var content in Contents(random))
        {
            for (var round = 0; round < 8; round++)
            {
                var longest = round == 0 ? int.MaxValue : 1 << random.Next(0, 8);
                var body = new SplitStream(Body(request, content), left => random.Next(1, Math.Min(left, longest) + 1));
                var parts = await MultipartRelated.OpenAsync(contentType, body, Cancellation);
                var read = await ReadAsync(parts.Content, random.Next(1, 300));

                Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(parts.Description.Span));
                Assert.Equal("image/png", parts.ContentType);
                Assert.True(content.AsSpan().SequenceEqual(read), $"seed {seed}, round {round}: {Convert.ToHexString(content)} became {Convert.ToHexString(read)}");
            }
        }
    }

    [Theory]
    [InlineData("--bb\r\n\r\n{}\r\n--bb\r\n\r\n--bb--")]
    [InlineData("--bb\r\n\r\n{}\r\n--bb\r\nContent-Type: a/b\r\n\r\n--bb--\r\n")]
    [InlineData("--bb\r\n\r\n{}\r\n--bb\r\n\r\n\r\n--bb--")]
    [InlineData("--bb\n\n{}\n--bb\n\n\n--bb--")]
    [InlineData("--bb\n\n{}\n--bb\n\n--bb--")]
    public async Task OpenAsync_EmptyContent_IsEmpty(string request)
    {
        for (var cut = 1; cut < 6; cut++)
        {
            var parts = await MultipartRelated.OpenAsync(Type, new SplitStream(FolderFixture.Bytes(request), _ => cut), Cancellation);

            Assert.Equal("{}", Encoding.UTF8.GetString(parts.Description.Span));
            Assert.Empty(await ReadAsync(parts.Content, 10));
        }
    }

    [Fact]
    public async Task Content_EveryTruncation_IsRefused()
    {
        var whole = Body(WellFormed.First().Data.Item2, FolderFixture.Bytes("con\r\n--bb?tent"));
        var end = Encoding.ASCII.GetString(whole).LastIndexOf("--\r\n", StringComparison.Ordinal);
        for (var length = 0; length < end + 2; length++)
        {
            await Assert.ThrowsAsync<InvalidMultipartException>(async () => await ReadAsync(
                (await MultipartRelated.OpenAsync(Type, new MemoryStream(whole, 0, length), Cancellation)).Content, 1000));
        }
    }

    [Theory]
    [InlineData("--bb--", "no part")]
    [InlineData("--bb\r\n\r\n{}\r\n--bb--", "one part")]
    [InlineData("--bb\r\n\r\n{}\r\n--bb\r\n\r\nx\r\n--bb\r\n\r\ny\r\n--bb--", "more than two")]
    [InlineData("--bb\r\nno header\r\n\r\n{}\r\n--bb--", "no header")]
    [InlineData("--bb\r\n\r\n{}\r\n--bb\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--bb--", "base64")]
    [InlineData("--bb\r\n\r\n{}\n--bb\n\nx\n--bb--", "final boundary")]
    [InlineData("{}", "before the first boundary")]
    [InlineData("", "before the first boundary")]
    public async Task OpenAsync_NotTwoParts_IsRefusedWithTheReason(string request, string reason)
    {
        var failure = await Assert.ThrowsAsync<InvalidMultipartException>(async () => await ReadAsync(
            (await MultipartRelated.OpenAsync(Type, new MemoryStream(FolderFixture.Bytes(request)), Cancellation)).Content, 1000));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bb\r\nX: {0}\r\n\r\n{{}}\r\n--bb\r\n\r\nx\r\n--bb--", 9_000)]
    [InlineData("--bb\r\n{0}: x\r\n\r\n{{}}\r\n--bb\r\n\r\nx\r\n--bb--", 100_000)]
    [InlineData("{0}\r\n--bb\r\n\r\n{{}}\r\n--bb\r\n\r\nx\r\n--bb--", 9_000)]
    [InlineData("--bb\r\n\r\n\"{0}\"\r\n--bb\r\n\r\nx\r\n--bb--", MultipartRelated.MaxDescriptionBytes - 1)]
    public async Task OpenAsync_TooLong_IsRefused(string request, int length)
    {
        var bytes = FolderFixture.Bytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, request, new string('x', length)));

        await Assert.ThrowsAsync<InvalidMultipartException>(() => MultipartRelated.OpenAsync(Type, new MemoryStream(bytes), Cancellation));
    }

    [Fact]
    public async Task OpenAsync_LongestDescription_IsTaken()
    {
        var text = new string('x', MultipartRelated.MaxDescriptionBytes);
        var parts = await MultipartRelated.OpenAsync(
            Type, new MemoryStream(FolderFixture.Bytes($"--bb\r\n\r\n{text}\r\n--bb\r\n\r\nx\r\n--bb--")), Cancellation);

        Assert.Equal(text.Length, parts.Description.Length);
        Assert.Equal("x"u8.ToArray(), await ReadAsync(parts.Content, 10));
    }

    /// <summary>Bytes that look like the ends of lines and like boundaries but are none, and others.</summary>
    private static IEnumerable<byte[]> Contents(Random random)
    {
        yield return [];
        yield return "\r"u8.ToArray();
        yield return "\n"u8.ToArray();
        yield return "\r\n\r\n"u8.ToArray();
        yield return "x\r\n--b"u8.ToArray();
        yield return "\r\n--bbx\n--===============01==x\n--===============01==-x\r\n--bb-"u8.ToArray();
        yield return "--bb\r"u8.ToArray();
        yield return [.. Enumerable.Repeat((byte)'\r', 200)];
        string[] pieces = ["\r", "\n", "-", "--", "b", "bb", "\r\n--b", "\n--===============01=", "\r\n--bbb", "x", "\0", "\u00ff"];
        for (var index = 0; index < 12; index++)
        {
            yield return Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => pieces[random.Next(pieces.Length)]))
                .Replace("--bb\r\n", "--bb?\r\n", StringComparison.Ordinal)
                .Replace("--bb\n", "--bb?\n", StringComparison.Ordinal)
                .Replace("--bb--", "--bb?--", StringComparison.Ordinal) + "!");
        }

        var large = new byte[200_000];
        random.NextBytes(large);
        yield return large;
    }

    private static byte[] Body(string request, byte[] content)
    {
        var mark = request.IndexOf('|', StringComparison.Ordinal);
        return [.. Encoding.ASCII.GetBytes(request[..mark]), .. content, .. Encoding.ASCII.GetBytes(request[(mark + 1)..])];
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int atOnce)
    {
        var all = new MemoryStream();
        var buffer = new byte[atOnce];
        int read;
        while ((read = await stream.ReadAsync(buffer, Cancellation)) > 0)
        {
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
