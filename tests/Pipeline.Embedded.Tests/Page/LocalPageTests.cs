using System.Net;
using System.Text.Json;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Tests.Page;

public sealed class LocalPageTests
{
    private const string Bucket = FolderFixture.Bucket;

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_Root_IsHtmlThatMayLoadItsOwnFilesOnly()
    {
        await using var page = await PageFixture.StartAsync();

        using var answer = await page.Http.GetAsync(new Uri("/", UriKind.Relative), Token);
        var html = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        foreach (var file in (string[])["/app.js", "/page.css", "/icon.svg"])
        {
            Assert.Contains(file, html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await page.SendAsync(HttpMethod.Get, file)).Status);
        }
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Api_RequestOfAnotherSite_IsRefused(string header, string value)
    {
        await using var page = await PageFixture.StartAsync();

        foreach (var target in (string[])["/api/setup", "/api/documents", "/api/events?after=0", "/api/models", $"/api/picture?bucket={Bucket}&name=a&generation=1"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await page.SendAsync(HttpMethod.Get, target, null, (header, value))).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await page.SendAsync(HttpMethod.Post, "/api/redrive", "{}", (header, value))).Status);
    }

    [Fact]
    public async Task Api_PostAsAFormCouldSendIt_IsRefused()
    {
        await using var page = await PageFixture.StartAsync();
        using var form = new StringContent("{}");

        using var answer = await page.Http.PostAsync(new Uri("/api/dead-letters/drop", UriKind.Relative), form, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/documents?limit=0", "limit is '0'; it may be 1 to 1000.")]
    [InlineData("/api/documents?limit=many", "limit is 'many'")]
    [InlineData("/api/documents?after=x", "after is 'x'")]
    [InlineData("/api/documents?after=99999999999999999999/a/b", "after is")]
    [InlineData("/api/documents?after=9000000000000000000/a/b", "after is")]
    [InlineData("/api/document?id=..", "id must be")]
    [InlineData("/api/document?bucket=other&id=a", "configured are photos")]
    [InlineData("/api/picture?name=a&generation=x", "generation is 'x'")]
    [InlineData("/api/picture?generation=1", "name must be")]
    [InlineData("/api/events?after=-1", "after is '-1'")]
    [InlineData("/api/dead-letters?state=gone", "state is 'gone'")]
    [InlineData("/api/dead-letters?after=x", "after is 'x'")]
    public async Task Api_WrongParameter_IsRefusedByName(string target, string message)
    {
        await using var page = await PageFixture.StartAsync();

        var (status, text) = await page.SendAsync(HttpMethod.Get, target);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("{\"name\":5}", HttpStatusCode.BadRequest)]
    [InlineData("{\"name\":\"\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"name\":\"users/u1/nowhere.jpg\"}", HttpStatusCode.NotFound)]
    [InlineData("{\"name\":\"no rule takes it.jpg\"}", HttpStatusCode.NotFound)]
    public async Task Redrive_WrongOrUnknown_SaysSo(string body, HttpStatusCode expected)
    {
        await using var page = await PageFixture.StartAsync();

        Assert.Equal(expected, (await page.SendAsync(HttpMethod.Post, "/api/redrive", body)).Status);
    }

    [Fact]
    public async Task Redrive_BodyTooLarge_Is413()
    {
        await using var page = await PageFixture.StartAsync();

        var (status, _) = await page.SendAsync(HttpMethod.Post, "/api/redrive", $"{{\"name\":\"{new string('a', 20_000)}\"}}");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Documents_Pages_GiveEachOnceNewestFirstAndNarrow(bool isEmulator)
    {
        await using var page = await StartAsync(isEmulator);
        for (var number = 0; number < 25; number++)
        {
            await PutAsync(page, $"users/u1/{number:00}.jpg", number % 5 == 0 ? "failed" : "classified", number);
        }

        var names = new List<string>();
        string? next = null;
        do
        {
            var read = await page.GetAsync($"/api/documents?limit=10&after={Uri.EscapeDataString(next ?? string.Empty)}");
            names.AddRange(read.GetProperty("documents").EnumerateArray().Select(row => row.GetProperty("name").GetString()!));
            next = read.GetProperty("next").GetString();
            Assert.Equal(25, read.GetProperty("counts").GetProperty("all").GetInt32());
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(number => $"users/u1/{number:00}.jpg"), names);
        Assert.Equal(5, await CountAsync(page, "status=failed"));
        Assert.Equal(20, await CountAsync(page, "label=daisy"));
        Assert.Equal(3, await CountAsync(page, "text=3.JPG&label=daisy"));
        Assert.Equal(0, await CountAsync(page, "status=deleted"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Document_Whole_HidesWhatBelongsToTheWorker(bool isEmulator)
    {
        await using var page = await StartAsync(isEmulator);
        await page.PutAsync("classifications/a", ("name", "a"), ("generation", 9_007_199_254_740_993L), ("claimId", "secret"), ("lease", "secret"));
        await page.PutAsync("deadLetters/a", ("state", "due"), ("attempts", 3L), ("dueAt", Start));

        var document = await page.GetAsync("/api/document?id=a");

        Assert.Equal("9007199254740993", document.GetProperty("generation").GetString());
        Assert.Equal(3, document.GetProperty("letter").GetProperty("attempts").GetInt32());
        Assert.DoesNotContain("secret", document.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await page.SendAsync(HttpMethod.Get, "/api/document?id=b")).Status);
    }

    [Fact]
    public async Task Picture_WhatWasUploaded_IsSentOnlyWhereItIsAPicture()
    {
        await using var page = await PageFixture.StartAsync();
        byte[] bmp = [.. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 4, 0, 0, 0, .. new byte[16], 3, 2, 1, 0];
        var picture = await page.UploadAsync("users/u1/a.bmp", bmp, "text/html");
        var markup = await page.UploadAsync("users/u1/b.jpg", "<script>alert(1)</script>"u8.ToArray());

        using var sent = await page.Http.GetAsync(new Uri($"/api/picture?name=users/u1/a.bmp&generation={picture}", UriKind.Relative), Token);

        Assert.Equal("image/bmp", sent.Content.Headers.ContentType!.MediaType);
        Assert.Equal(bmp, await sent.Content.ReadAsByteArrayAsync(Token));
        Assert.Contains("sandbox", sent.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await page.SendAsync(HttpMethod.Get, $"/api/thumbnail?name=users/u1/a.bmp&generation={picture}")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await page.SendAsync(HttpMethod.Get, $"/api/picture?name=users/u1/b.jpg&generation={markup}")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await page.SendAsync(HttpMethod.Get, $"/api/thumbnail?name=users/u1/b.jpg&generation={markup}")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await page.SendAsync(HttpMethod.Get, $"/api/model-view?name=users/u1/a.bmp&generation={picture}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await page.SendAsync(HttpMethod.Get, "/api/picture?name=users/u1/a.bmp&generation=1")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Letters_ListedParkedAndDropped(bool isEmulator)
    {
        await using var page = await StartAsync(isEmulator);
        foreach (var (name, state) in ((string, string)[])[("a", "due"), ("b", "parked")])
        {
            var id = DocumentIds.FromName($"users/u1/{name}.jpg");
            await page.PutAsync($"deadLetters/{id}", ("bucket", Bucket), ("name", $"users/u1/{name}.jpg"), ("generation", 1L), ("state", state), ("dueAt", Start));
        }

        Assert.Equal(["due", "parked"], (await page.GetAsync("/api/dead-letters")).GetProperty("letters").EnumerateArray().Select(letter => letter.GetProperty("state").GetString()));
        var first = DocumentIds.FromName("users/u1/a.jpg");
        Assert.Equal(HttpStatusCode.NoContent, (await page.SendAsync(HttpMethod.Post, "/api/dead-letters/park", JsonSerializer.Serialize(new { id = first }))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await page.SendAsync(HttpMethod.Post, "/api/dead-letters/park", JsonSerializer.Serialize(new { id = first }))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await page.SendAsync(HttpMethod.Post, "/api/dead-letters/drop", JsonSerializer.Serialize(new { id = first, bucket = Bucket }))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await page.SendAsync(HttpMethod.Post, "/api/dead-letters/retry", JsonSerializer.Serialize(new { id = first }))).Status);
        Assert.Single((await page.GetAsync("/api/dead-letters?state=parked")).GetProperty("letters").EnumerateArray());
    }

    [Fact]
    public async Task Models_OneThatIsNotThere_SaysWhy()
    {
        await using var page = await PageFixture.StartAsync();

        var setup = await page.GetAsync("/api/setup");
        var model = (await page.GetAsync("/api/models")).EnumerateArray().Single();

        Assert.Equal("users/local/", setup.GetProperty("folder").GetString());
        Assert.Equal("SQLite", setup.GetProperty("documents").GetString());
        Assert.Equal("flowers", model.GetProperty("name").GetString());
        Assert.True(model.GetProperty("default").GetBoolean());
    }

    private static Task<PageFixture> StartAsync(bool isEmulator) =>
        isEmulator ? PageFixture.StartOnAsync(new InMemoryDocumentStore(TimeProvider.System)) : PageFixture.StartAsync();

    private static Task PutAsync(PageFixture page, string name, string status, int second) => page.PutAsync(
        $"classifications/{DocumentIds.FromName(name)}",
        ("name", name),
        ("status", status),
        ("label", status == "classified" ? "daisy" : DocumentValue.Null),
        ("createdAt", Start.AddSeconds(second)));

    private static async Task<int> CountAsync(PageFixture page, string filter) => (await page.GetAsync($"/api/documents?limit=100&{filter}")).GetProperty("documents").GetArrayLength();
}
