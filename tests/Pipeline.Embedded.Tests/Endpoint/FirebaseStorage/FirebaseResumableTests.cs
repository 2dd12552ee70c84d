using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Endpoint.FirebaseStorage;

public sealed class FirebaseResumableTests : IAsyncLifetime
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 600_000).Select(static index => (byte)((index * 31) + (index >> 8)))];

    private FirebaseFixture _firebase = null!;

    public async ValueTask InitializeAsync() => _firebase = await FirebaseFixture.StartAsync();

    public ValueTask DisposeAsync() => _firebase.DisposeAsync();

    [Fact]
    public async Task Start_Answer_HasWhatSdksNeed()
    {
        using var answer = await StartAnswerAsync("a b/é", Content.Length);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("active", Header(answer, "X-Goog-Upload-Status"));
        Assert.Equal("262144", Header(answer, "X-Goog-Upload-Chunk-Granularity"));
        var url = new Uri(Header(answer, "X-Goog-Upload-URL"));
        Assert.StartsWith($"{_firebase.Endpoint.Url}/v0/b/photos/o?name=a%20b%2F%C3%A9&upload_id=", url.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(url.AbsoluteUri, Header(answer, "X-Goog-Upload-Control-URL"));
        Assert.Equal(0, answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("", "X-Goog-Upload-Content-Length", "X-Goog-Upload-Content-Type")]
    [InlineData("&uploadType=resumable", "X-Goog-Upload-Header-Content-Length", "X-Goog-Upload-Header-Content-Type")]
    public async Task Start_AsOtherSdksSayIt_KnowsSizeAndType(string query, string length, string type)
    {
        using var start = await _firebase.SendAsync(
            HttpMethod.Post, $"{FirebaseFixture.Objects}?name=a{query}", [], ("X-Goog-Upload-Command", "start"), (length, "3"), (type, "image/webp"));
        var url = Header(start, "X-Goog-Upload-URL");

        using var few = await SendAsync(url, "upload, finalize", 0, Content[..2]);
        using var all = await SendAsync(url, "upload, finalize", 2, Content[2..3]);

        Assert.Equal((400, 200), (await StatusAsync(few), await StatusAsync(all)));
        Assert.Equal("image/webp", (await _firebase.Writer.FindAsync("a"))!.Description.ContentType);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pieces_UpToTheEnd_AreTheObject(bool restarts)
    {
        var url = await StartAsync("users/a.png", Content.Length, """{"name":"users/a.png","contentType":"image/png","metadata":{"k":"v"}}""");
        foreach (var (from, to) in ((int, int)[])[(0, 262144), (262144, 500_001)])
        {
            using var piece = await SendAsync(url, "upload", from, Content[from..to]);
            Assert.Equal((200, "active", $"{to}"), (await StatusAsync(piece), Header(piece, "X-Goog-Upload-Status"), Header(piece, "X-Goog-Upload-Size-Received")));
            if (restarts)
            {
                url = await RestartAsync(url);
            }

            Assert.Equal(("active", to), await QueryAsync(url));
            Assert.Null(await _firebase.Writer.FindAsync("users/a.png"));
        }

        using var last = await SendAsync(url, "upload, finalize", 500_001, Content[500_001..]);

        Assert.Equal("final", Header(last, "X-Goog-Upload-Status"));
        var json = JsonSerializer.Deserialize<JsonElement>(await last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("users/a.png", "image/png", "600000"), (Text("name"), Text("contentType"), Text("size")));
        Assert.Equal("v", json.GetProperty("metadata").GetProperty("k").GetString());
        Assert.True(Guid.TryParse(Text("downloadTokens"), out _));
        Assert.Equal(("final", Content.Length), await QueryAsync(url));
        using var media = await _firebase.SendAsync(HttpMethod.Get, FirebaseFixture.Object("users/a.png") + "?alt=media");
        Assert.Equal(Content, await media.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Single(await _firebase.Writer.EventsAsync());

        string Text(string property) => json.GetProperty(property).GetString()!;
    }

    [Theory]
    [InlineData("finalize")]
    [InlineData("upload, finalize")]
    public async Task Finalize_AfterAllBytes_EndsItOnce(string command)
    {
        var url = await StartAsync("a", 10);
        using var all = await SendAsync(url, "upload", 0, Content[..10]);
        Assert.Equal("active", Header(all, "X-Goog-Upload-Status"));
        Assert.Null(await _firebase.Writer.FindAsync("a"));

        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var end = await SendAsync(url, command, 10, []);
            Assert.Equal((200, "final", "10"), (await StatusAsync(end), Header(end, "X-Goog-Upload-Status"), Header(end, "X-Goog-Upload-Size-Received")));
        }

        Assert.Single(await _firebase.Writer.EventsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    public async Task Pieces_WithoutADeclaredSizeOrOfNone_EndWhenToldSo(string total)
    {
        var url = await StartAsync("a", total.Length == 0 ? null : 0);

        using var end = await SendAsync(url, "upload, finalize", 0, total.Length == 0 ? Content[..77] : []);

        Assert.Equal("final", Header(end, "X-Goog-Upload-Status"));
        Assert.Equal(total.Length == 0 ? 77 : 0, (await _firebase.Writer.FindAsync("a"))!.Content.Size);
    }

    [Theory]
    [InlineData(99, "upload", 10)]
    [InlineData(101, "upload", 10)]
    [InlineData(1, "upload, finalize", 499)]
    [InlineData(600_000, "upload, finalize", 0)]
    [InlineData(100, "upload", 401)]
    [InlineData(100, "finalize", 0)]
    [InlineData(100, "upload, finalize", 10)]
    [InlineData(0, "upload, finalize", 100)]
    public async Task Piece_ThatDoesNotFit_IsRefusedAndTheUploadGoesOn(long offset, string command, int length)
    {
        var url = await StartAsync("a", 500);
        using var first = await SendAsync(url, "upload", 0, Content[..60]);
        using var second = await SendAsync(url, "upload", 60, Content[60..100]);

        using var wrong = await SendAsync(url, command, offset, Content[..length]);

        Assert.Equal((400, "active"), (await StatusAsync(wrong), Header(wrong, "X-Goog-Upload-Status")));
        var (status, received) = await QueryAsync(url);
        Assert.Equal("active", status);
        using var rest = await SendAsync(url, "upload, finalize", received, Content[(int)received..500]);
        Assert.Equal(200, await StatusAsync(rest));
        Assert.Equal(500, (await _firebase.Writer.FindAsync("a"))!.Content.Size);
    }

    [Fact]
    public async Task LastPiece_SentAgain_CountsOnce()
    {
        var url = await StartAsync("a", 500);
        foreach (var (from, to) in ((int, int)[])[(0, 60), (60, 100), (60, 100), (60, 200)])
        {
            using var piece = await SendAsync(url, "upload", from, Content[from..to]);
            Assert.Equal((200, $"{to}"), (await StatusAsync(piece), Header(piece, "X-Goog-Upload-Size-Received")));
        }

        using var end = await SendAsync(url, "upload, finalize", 60, Content[60..500]);

        Assert.Equal(200, await StatusAsync(end));
        using var media = await _firebase.SendAsync(HttpMethod.Get, FirebaseFixture.Object("a") + "?alt=media");
        Assert.Equal(Content[..500], await media.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Piece_WhoseSenderBreaksOff_CountsAsFarAsItCame(bool restarts)
    {
        var url = await StartAsync("a", Content.Length);
        using var first = await SendAsync(url, "upload", 0, Content[..1000]);
        await BreakOffAsync(url, 1000, declared: 400_000, sent: 50_000);
        Assert.Equal(51_000, (await Eventually.GetAsync(() => TryQueryAsync(url), static answer => answer is not null))!.Value.Received);
        if (restarts)
        {
            url = await RestartAsync(url);
        }

        // Clients that did not see how much came send the piece again, others go on behind it.
        using var again = await SendAsync(url, "upload", 1000, Content[1000..401_000]);
        Assert.Equal("401000", Header(again, "X-Goog-Upload-Size-Received"));
        using var end = await SendAsync(url, "upload, finalize", 401_000, Content[401_000..]);

        Assert.Equal(200, await StatusAsync(end));
        using var media = await _firebase.SendAsync(HttpMethod.Get, FirebaseFixture.Object("a") + "?alt=media");
        Assert.Equal(Content, await media.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancel_Upload_ForgetsItUnlessItIsFinished()
    {
        var url = await StartAsync("a", 10);
        using var piece = await SendAsync(url, "upload", 0, Content[..5]);

        using var cancelled = await SendAsync(url, "cancel", null, []);

        Assert.Equal((200, "cancelled"), (await StatusAsync(cancelled), Header(cancelled, "X-Goog-Upload-Status")));
        foreach (var command in (string[])["query", "cancel", "upload", "finalize"])
        {
            using var after = await SendAsync(url, command, 5, []);
            Assert.Equal(404, await StatusAsync(after));
        }

        var finished = await StartAsync("b", 1);
        using var end = await SendAsync(finished, "upload, finalize", 0, Content[..1]);
        foreach (var command in (string[])["cancel", "upload"])
        {
            using var late = await SendAsync(finished, command, 1, Content[..1]);
            Assert.Equal((400, "final"), (await StatusAsync(late), Header(late, "X-Goog-Upload-Status")));
        }

        Assert.NotNull(await _firebase.Writer.FindAsync("b"));
    }

    [Fact]
    public async Task Upload_OfAnotherContentThanDeclared_EndsWithoutAnObject()
    {
        var url = await StartAsync("a", 5, """{"md5Hash":"AAAAAAAAAAAAAAAAAAAAAA=="}""");

        using var end = await SendAsync(url, "upload, finalize", 0, Content[..5]);

        Assert.Equal((400, "final"), (await StatusAsync(end), Header(end, "X-Goog-Upload-Status")));
        using var after = await SendAsync(url, "query", null, []);
        Assert.Equal(404, await StatusAsync(after));
    }

    [Theory]
    [InlineData("start, upload", "0", 400)]
    [InlineData("begin", "0", 400)]
    [InlineData("", "0", 400)]
    [InlineData("upload", "-1", 400)]
    [InlineData("upload", "x", 400)]
    [InlineData("upload", "", 400)]
    [InlineData("upload", "99999999999999999999", 400)]
    public async Task Piece_WithHeadersThatSayNothing_IsRefused(string command, string offset, int expected)
    {
        var url = await StartAsync("a", 10);

        using var answer = await _firebase.SendAsync(
            HttpMethod.Post, url, Content[..5], ("X-Goog-Upload-Protocol", "resumable"), ("X-Goog-Upload-Command", command), ("X-Goog-Upload-Offset", offset));

        Assert.Equal(expected, await StatusAsync(answer));
        Assert.Equal(("active", 0L), await QueryAsync(url));
    }

    [Fact]
    public async Task Start_OfWhatCanNeverBeStored_IsRefused()
    {
        using var large = await StartAnswerAsync("a", 2_000_001);
        using var badSize = await StartAnswerAsync("a", -1);
        using var badName = await StartAnswerAsync(new string('a', 1025), 1);

        Assert.Equal((413, 400, 400), (await StatusAsync(large), await StatusAsync(badSize), await StatusAsync(badName)));
    }

    [Fact]
    public async Task Session_AskedForByAnotherNameOrProtocol_IsUnknown()
    {
        var url = await StartAsync("a", 10);
        var id = await _firebase.Writer.Sessions.StartAsync(FolderFixture.Upload("a"), 10, TestContext.Current.CancellationToken);

        foreach (var other in (string[])[url.Replace("name=a", "name=b", StringComparison.Ordinal), url.Replace("upload_id=", "upload_id=0", StringComparison.Ordinal), $"{FirebaseFixture.Objects}?name=a&upload_id={id}"])
        {
            using var answer = await SendAsync(other, "query", null, []);
            Assert.Equal(404, await StatusAsync(answer));
        }

        using var none = await SendAsync($"{FirebaseFixture.Objects}?name=a", "query", null, []);
        Assert.Equal(400, await StatusAsync(none));
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(",", answer.Headers.GetValues(name));

    private static async Task<int> StatusAsync(HttpResponseMessage answer)
    {
        await answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private Task<HttpResponseMessage> StartAnswerAsync(string name, long? total, string description = "{}") => _firebase.SendAsync(
        HttpMethod.Post,
        $"{FirebaseFixture.Objects}?name={Uri.EscapeDataString(name)}",
        Encoding.UTF8.GetBytes(description),
        [
            ("X-Goog-Upload-Protocol", "resumable"),
            ("X-Goog-Upload-Command", "start"),
            ("X-Goog-Upload-Header-Content-Type", "image/jpeg"),
            .. total is null ? ((string, string)[])[] : [("X-Goog-Upload-Header-Content-Length", total.Value.ToString(CultureInfo.InvariantCulture))],
        ]);

    private async Task<string> StartAsync(string name, long? total, string description = "{}")
    {
        using var answer = await StartAnswerAsync(name, total, description);
        Assert.Equal(200, await StatusAsync(answer));
        return Header(answer, "X-Goog-Upload-URL");
    }

    private Task<HttpResponseMessage> SendAsync(string url, string command, long? offset, byte[] body) => _firebase.SendAsync(
        HttpMethod.Post,
        url,
        body,
        [
            ("X-Goog-Upload-Command", command),
            .. offset is null ? ((string, string)[])[] : [("X-Goog-Upload-Offset", offset.Value.ToString(CultureInfo.InvariantCulture))],
        ]);

    private async Task<(string Status, long Received)?> TryQueryAsync(string url)
    {
        using var answer = await SendAsync(url, "query", null, []);
        return (int)answer.StatusCode == 200
            ? (Header(answer, "X-Goog-Upload-Status"), long.Parse(Header(answer, "X-Goog-Upload-Size-Received"), CultureInfo.InvariantCulture))
            : null;
    }

    private async Task<(string Status, long Received)> QueryAsync(string url) => (await TryQueryAsync(url))!.Value;

    /// <summary>The same upload, where the endpoint listens after a restart.</summary>
    private async Task<string> RestartAsync(string url)
    {
        await _firebase.RestartAsync();
        return _firebase.Endpoint.Url + new Uri(url).PathAndQuery;
    }

    /// <summary>Sends a part of a piece, sees it arrive, and closes the connection.</summary>
    private async Task BreakOffAsync(string url, long offset, int declared, int sent)
    {
        var uri = new Uri(url);
        using var client = new TcpClient();
        await client.ConnectAsync(uri.Host, uri.Port, TestContext.Current.CancellationToken);
        var head = $"POST {uri.PathAndQuery} HTTP/1.1\r\nHost: {uri.Authority}\r\nContent-Length: {declared}\r\nX-Goog-Upload-Command: upload\r\nX-Goog-Upload-Offset: {offset}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Content.AsMemory((int)offset, sent), TestContext.Current.CancellationToken);
        var file = Assert.Single(Directory.GetFiles(_firebase.Writer.Layout.UploadFolder));
        await Eventually.GetAsync(() => Task.FromResult(new FileInfo(file).Length), length => length == offset + sent);
    }
}
