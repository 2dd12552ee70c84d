using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Endpoint;

/// <summary>Uploads in one request with a description, and in several, byte for byte as clients send them.</summary>
public sealed class UploadProtocolTests : IAsyncLifetime
{
    private const string Content = "123456789";

    private readonly FolderFixture _folder = new();
    private FolderObjectWriter _writer = null!;
    private EndpointFixture _endpoint = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder.Options = _folder.Options with { MaxObjectBytes = 100_000 };
        _writer = await _folder.OpenAsync();
        _endpoint = await EndpointFixture.StartAsync(_writer);
    }

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        _writer.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/upload", "&name=a%2Fb", """{"contentType":"image/png","metadata":{"k":"ü"},"cacheControl":"no-store"}""", false)]
    [InlineData("/resumable/upload", "&alt=json", """{"name":"a/b","contentType":"image/png","metadata":{"k":"ü"},"cacheControl":"no-store"}""", true)]
    public async Task Multipart_Description_IsTheObjects(string prefix, string query, string json, bool isChunked)
    {
        using var answer = await EndpointFixture.JsonAsync(await MultipartAsync(prefix, query, json, isChunked));
        using var media = await _endpoint.SendAsync(HttpMethod.Get, "/b/photos/o/a%2Fb?alt=media");

        Assert.Equal("a/b", answer.RootElement.GetProperty("name").GetString());
        Assert.Equal("ü", answer.RootElement.GetProperty("metadata").GetProperty("k").GetString());
        Assert.Equal("image/png", media.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store", media.Headers.CacheControl!.ToString());
        Assert.False(media.Headers.Contains("x-goog-meta-k"));
        Assert.Equal(Content, await media.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Multipart_NoTypeInTheDescription_TypeOfThePartIsTaken()
    {
        using var answer = await EndpointFixture.JsonAsync(await MultipartAsync("/upload", "&name=a", "{}", isChunked: false));

        Assert.Equal("text/x-part", answer.RootElement.GetProperty("contentType").GetString());
    }

    [Theory]
    [InlineData("&name=a", """{"crc32c":"AAAAAA=="}""", 400)]
    [InlineData("&name=a", """{"md5Hash":"AAAAAAAAAAAAAAAAAAAAAA=="}""", 400)]
    [InlineData("&name=a", """{"crc32c":"4waSgw==","md5Hash":"JfnnlDI7RTiF9RgfG2JNCw=="}""", 200)]
    [InlineData("&name=a&ifGenerationMatch=7", "{}", 412)]
    [InlineData("", "{}", 400)]
    [InlineData("&name=a", "[]", 400)]
    public async Task Multipart_DescriptionOrConditionWrong_StoresNothing(string query, string json, int status)
    {
        using var response = await MultipartAsync("/upload", query, json, isChunked: true);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200, await _writer.FindAsync("a") is not null);
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
    }

    [Fact]
    public async Task Multipart_NoFinalBoundary_Is400AndLeavesNothing()
    {
        var body = new StringContent($"--bb\r\n\r\n{{}}\r\n--bb\r\n\r\n{Content}\r\n--bb");
        body.Headers.Remove("Content-Type");
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/related; boundary=bb");
        using var response = await _endpoint.SendAsync(HttpMethod.Post, "/upload/storage/v1/b/photos/o?uploadType=multipart&name=a", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
        Assert.Empty(await _writer.EventsAsync());
    }

    [Fact]
    public async Task Resumable_PiecesWithUnknownSize_GiveTheObject()
    {
        var session = await StartAsync("&name=a%2Fb", """{"metadata":{"k":"v"}}""", "image/png");

        using var first = await PutAsync(session, Content[..4], "bytes 0-3/*");
        using var query = await PutAsync(session, string.Empty, "bytes */*");
        using var last = await PutAsync(session, Content[4..], "bytes 4-8/9");
        using var after = await PutAsync(session, string.Empty, "bytes */9");
        using var media = await _endpoint.SendAsync(HttpMethod.Get, "/b/photos/o/a%2Fb?alt=media");

        Assert.Equal((308, "bytes=0-3"), (StatusOf(first), RangeOf(first)));
        Assert.Equal((308, "bytes=0-3"), (StatusOf(query), RangeOf(query)));
        Assert.Equal((200, 200), (StatusOf(last), StatusOf(after)));
        Assert.Equal(await last.Content.ReadAsStringAsync(Cancellation), await after.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("v", media.Headers.GetValues("x-goog-meta-k").Single());
        Assert.Equal(Content, await media.Content.ReadAsStringAsync(Cancellation));
        Assert.Single(await _writer.EventsAsync());
    }

    [Theory]
    [InlineData("bytes 0-*/*")]
    [InlineData("bytes 0-*/9")]
    [InlineData(null)]
    public async Task Resumable_OneRequestOfUnknownLength_EndsWithItsBody(string? range)
    {
        var session = await StartAsync("&name=a", "{}");
        using var body = new StreamContent(new UnsizedStream(FolderFixture.Bytes(Content)));
        using var answer = await EndpointFixture.JsonAsync(await SendAsync(HttpMethod.Put, session, body, range));

        Assert.Equal("9", answer.RootElement.GetProperty("size").GetString());
    }

    [Fact]
    public async Task Resumable_EmptyObject_IsMadeByAQueryWithItsSize()
    {
        var session = await StartAsync("&name=a", "{}");
        using var nothing = await PutAsync(session, string.Empty, "bytes */*");
        using var answer = await EndpointFixture.JsonAsync(await PutAsync(session, string.Empty, "bytes */0"));

        Assert.Equal((308, null), (StatusOf(nothing), RangeOf(nothing)));
        Assert.Equal("0", answer.RootElement.GetProperty("size").GetString());
    }

    [Fact]
    public async Task Resumable_PieceBehindAGap_IsAnsweredWithWhatIsThere()
    {
        var session = await StartAsync("&name=a", "{}");
        using var none = await PutAsync(session, Content[4..], "bytes 4-8/9");
        using var some = await PutAsync(session, Content[..2], "bytes 0-1/9");
        using var gap = await PutAsync(session, Content[4..], "bytes 4-8/9");

        Assert.Equal((308, null), (StatusOf(none), RangeOf(none)));
        Assert.Equal((308, "bytes=0-1"), (StatusOf(gap), RangeOf(gap)));
    }

    [Fact]
    public async Task Resumable_ChecksumWithTheLastPiece_IsCompared()
    {
        var right = await StartAsync("&name=right", "{}");
        var wrong = await StartAsync("&name=wrong", "{}");
        using var taken = await SendAsync(HttpMethod.Put, right, new StringContent(Content), "bytes 0-8/9", "crc32c=4waSgw==,md5=JfnnlDI7RTiF9RgfG2JNCw==");
        using var refused = await SendAsync(HttpMethod.Put, wrong, new StringContent(Content), "bytes 0-8/9", "crc32c=AAAAAA==");
        using var ended = await PutAsync(wrong, string.Empty, "bytes */*");

        Assert.Equal((200, 400, 404), (StatusOf(taken), StatusOf(refused), StatusOf(ended)));
        Assert.Null(await _writer.FindAsync("wrong"));
    }

    [Fact]
    public async Task Resumable_ConditionNoLongerHolds_Is412AtTheEnd()
    {
        var session = await StartAsync("&name=a&ifGenerationMatch=0", "{}");
        await _endpoint.UploadAsync("a", "came first");
        using var late = await PutAsync(session, Content, "bytes 0-8/9");
        using var start = await SendAsync(HttpMethod.Post, "/upload/storage/v1/b/photos/o?uploadType=resumable&name=a&ifGenerationMatch=0", new StringContent("{}"));

        Assert.Equal((412, 412), (StatusOf(late), StatusOf(start)));
        Assert.Equal("came first", await _writer.ReadAsync((await _writer.FindAsync("a"))!));
    }

    [Theory]
    [InlineData("bytes 0-9/9", 400)]
    [InlineData("bytes 0-8/10", 400)]
    [InlineData("bytes 0-7/9", 400)]
    [InlineData("bytes 8-0/9", 400)]
    [InlineData("bytes 0-8/200000", 400)]
    [InlineData("items 0-8/9", 400)]
    public async Task Resumable_RangeDoesNotFit_IsRefusedAndTheUploadGoesOn(string range, int status)
    {
        var session = await StartAsync("&name=a", "{}", size: 9);
        using var refused = await PutAsync(session, Content, range);
        using var taken = await PutAsync(session, Content, "bytes 0-8/9");

        Assert.Equal((status, 200), (StatusOf(refused), StatusOf(taken)));
    }

    [Fact]
    public async Task Resumable_TooLarge_Is413AtTheStartOrWhenItShows()
    {
        using var start = await SendAsync(
            HttpMethod.Post, "/upload/storage/v1/b/photos/o?uploadType=resumable&name=a", new StringContent("{}"), size: 100_001);
        var session = await StartAsync("&name=a", "{}");
        using var large = await PutAsync(session, new string('x', 100_001), "bytes 0-100000/*");
        using var ended = await PutAsync(session, string.Empty, "bytes */*");

        Assert.Equal((413, 413, 404), (StatusOf(start), StatusOf(large), StatusOf(ended)));
        Assert.Empty(Directory.GetFiles(_writer.Layout.UploadFolder));
    }

    [Fact]
    public async Task Resumable_ConnectionBreaks_WhatArrivedCountsAlsoAfterARestart()
    {
        var session = await StartAsync("&name=a", "{}");
        var uri = new Uri(session);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(uri.Host, uri.Port, Cancellation);
            var head = $"PUT {uri.PathAndQuery} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\nContent-Range: bytes 0-8/9\r\n\r\n{Content[..5]}";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);
            await Eventually.GetAsync(
                () => Task.FromResult(Directory.GetFiles(_writer.Layout.UploadFolder).Sum(static path => new FileInfo(path).Length)), size => size == 5);
        }

        await RestartAsync();
        var again = $"{_endpoint.Url}{uri.PathAndQuery}";
        using var query = await PutAsync(again, string.Empty, "bytes */9");
        using var answer = await EndpointFixture.JsonAsync(await PutAsync(again, Content[5..], "bytes 5-8/9"));

        Assert.Equal((308, "bytes=0-4"), (StatusOf(query), RangeOf(query)));
        Assert.Equal("4waSgw==", answer.RootElement.GetProperty("crc32c").GetString());
        Assert.Single(await _writer.EventsAsync());
    }

    [Fact]
    public async Task Resumable_SecondSender_Is503UntilTheFirstIsGone()
    {
        var session = await StartAsync("&name=a", "{}");
        var uri = new Uri(session);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(uri.Host, uri.Port, Cancellation);
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"PUT {uri.PathAndQuery} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n12"), Cancellation);
            await Eventually.GetAsync(
                () => Task.FromResult(Directory.GetFiles(_writer.Layout.UploadFolder).Sum(static path => new FileInfo(path).Length)), size => size == 2);
            using var busy = await PutAsync(session, string.Empty, "bytes */*");
            Assert.Equal(503, StatusOf(busy));
            Assert.NotNull(busy.Headers.RetryAfter);
        }

        using var free = await Eventually.GetAsync(() => PutAsync(session, string.Empty, "bytes */*"), response => StatusOf(response) == 308);
        Assert.Equal("bytes=0-1", RangeOf(free));
    }

    [Fact]
    public async Task Resumable_Cancel_Is499AndEndsTheUpload()
    {
        var session = await StartAsync("&name=a", "{}");
        using var piece = await PutAsync(session, "12", "bytes 0-1/9");
        using var cancel = await SendAsync(HttpMethod.Delete, session);
        using var late = await PutAsync(session, Content, "bytes 0-8/9");

        Assert.Equal((499, 404), (StatusOf(cancel), StatusOf(late)));
        Assert.Empty(Directory.GetFiles(_writer.Layout.UploadFolder));
    }

    [Fact]
    public async Task Resumable_TooManyUnfinished_Is429()
    {
        _folder.Options = _folder.Options with { MaxOpenUploads = 1 };
        await RestartAsync();
        await StartAsync("&name=a", "{}");
        using var refused = await SendAsync(HttpMethod.Post, "/upload/storage/v1/b/photos/o?uploadType=resumable&name=b", new StringContent("{}"));

        Assert.Equal(429, StatusOf(refused));
    }

    [Fact]
    public async Task Description_PackedForTheWay_IsUnpacked()
    {
        using var start = await PackedAsync("uploadType=resumable", """{"name":"c"}"""u8.ToArray());
        using var large = await PackedAsync("uploadType=resumable&name=a", new byte[50_000_000]);
        using var cut = await PackedAsync("uploadType=resumable", """{"name":"c"}"""u8.ToArray(), cut: 16);

        Assert.Contains("&name=c&", start.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Equal((413, 400), (StatusOf(large), StatusOf(cut)));
    }

    [Theory]
    [InlineData("POST", "uploadType=media&name=a", "gzip", 415)]
    [InlineData("POST", "uploadType=multipart&name=a", "gzip", 415)]
    [InlineData("PUT", "uploadType=resumable&upload_id=x", "gzip", 415)]
    [InlineData("POST", "uploadType=resumable&name=a", "br", 415)]
    [InlineData("POST", "uploadType=resumable&name=a", "gzip", 400)]
    public async Task Upload_PackedInAWayThatIsNotUnpacked_StoresNothing(string method, string query, string encoding, int status)
    {
        using var content = new ByteArrayContent(FolderFixture.Bytes(Content));
        content.Headers.ContentEncoding.Add(encoding);
        using var response = await _endpoint.SendAsync(new HttpMethod(method), $"/upload/storage/v1/b/photos/o?{query}", content);

        Assert.Equal(status, StatusOf(response));
        Assert.Null(await _writer.FindAsync("a"));
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
    }

    private static int StatusOf(HttpResponseMessage response) => (int)response.StatusCode;

    private static string? RangeOf(HttpResponseMessage response) => response.Headers.TryGetValues("Range", out var values) ? values.Single() : null;

    /// <param name="cut">How many bytes are missing at the end.</param>
    private async Task<HttpResponseMessage> PackedAsync(string query, byte[] content, int cut = 0)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(content, Cancellation);
        }

        using var body = new ByteArrayContent(packed.ToArray()[..^cut]);
        body.Headers.ContentEncoding.Add("gzip");
        return await _endpoint.SendAsync(HttpMethod.Post, $"/upload/storage/v1/b/photos/o?{query}", body);
    }

    private async Task<HttpResponseMessage> MultipartAsync(string prefix, string query, string json, bool isChunked)
    {
        var bytes = FolderFixture.Bytes(
            $"--===01==\nContent-Type: application/json\n\n{json}\n--===01==\nContent-Type: text/x-part\n\n{Content}\n--===01==--");
        HttpContent body = isChunked ? new StreamContent(new UnsizedStream(bytes)) : new ByteArrayContent(bytes);
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/related; boundary='===01=='");
        return await _endpoint.SendAsync(HttpMethod.Post, $"{prefix}/storage/v1/b/photos/o?uploadType=multipart{query}", body);
    }

    /// <returns>The address that the pieces go to.</returns>
    private async Task<string> StartAsync(string query, string json, string? type = null, long? size = null)
    {
        using var response = await SendAsync(
            HttpMethod.Post, "/upload/storage/v1/b/photos/o?uploadType=resumable" + query, new StringContent(json), type: type, size: size);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var location = response.Headers.Location!.AbsoluteUri;
        Assert.StartsWith($"{_endpoint.Url}/upload/storage/v1/b/photos/o?uploadType=resumable&", location, StringComparison.Ordinal);
        return location;
    }

    private Task<HttpResponseMessage> PutAsync(string session, string piece, string range) =>
        SendAsync(HttpMethod.Put, session, new StringContent(piece), range);

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string target, HttpContent? content = null, string? range = null, string? hash = null, string? type = null, long? size = null)
    {
        var request = new HttpRequestMessage(method, target.StartsWith('/') ? _endpoint.Url + target : target) { Content = content };
        content?.Headers.TryAddWithoutValidation("Content-Range", range ?? string.Empty);
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("x-goog-hash", hash), ("x-upload-content-type", type), ("x-upload-content-length", size?.ToString(System.Globalization.CultureInfo.InvariantCulture))])
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        return _endpoint.Http.SendAsync(request, Cancellation);
    }

    private async Task RestartAsync()
    {
        await _endpoint.DisposeAsync();
        _writer.Dispose();
        _writer = await _folder.OpenAsync();
        _endpoint = await EndpointFixture.StartAsync(_writer);
    }
}
