using System.Net;
using System.Text;
using System.Text.Json;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Endpoint.FirebaseStorage;

public sealed class FirebaseObjectTests : IAsyncLifetime
{
    private FirebaseFixture _firebase = null!;

    public async ValueTask InitializeAsync() => _firebase = await FirebaseFixture.StartAsync();

    public ValueTask DisposeAsync() => _firebase.DisposeAsync();

    [Fact]
    public async Task EveryName_UploadMetadataDownloadDelete_IsTheSameObject()
    {
        foreach (var name in Names.All.Where(static name => !name.Contains('\0')))
        {
            var target = $"{FirebaseFixture.Objects}/{EndpointFixture.Encode(name)}";
            Assert.Equal(name, (await _firebase.UploadAsync(name, "of " + name)).GetProperty("name").GetString());
            var metadata = await _firebase.JsonAsync(HttpMethod.Get, target);
            Assert.Equal(name, metadata.GetProperty("name").GetString());
            using var media = await _firebase.SendAsync(HttpMethod.Get, $"{target}?alt=media&token={metadata.GetProperty("downloadTokens").GetString()}");
            Assert.Equal("of " + name, await media.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(204, await StatusAsync(HttpMethod.Delete, target));
            Assert.Equal(404, await StatusAsync(HttpMethod.Get, target));
            Assert.Equal(404, await StatusAsync(HttpMethod.Delete, target));
        }
    }

    [Fact]
    public async Task Get_ObjectThatCameAnotherWay_GetsItsTokenOnceAndForAll()
    {
        (await _firebase.Endpoint.UploadAsync("a", "x")).Dispose();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _firebase.JsonAsync(HttpMethod.Get, FirebaseFixture.Object("a"))));

        var token = Assert.Single(answers.Select(static answer => answer.GetProperty("downloadTokens").GetString()).Distinct());
        Assert.True(Guid.TryParse(token, out _));
        using var raw = await _firebase.SendAsync(HttpMethod.Get, $"/storage/v1/b/{FolderFixture.Bucket}/o/a");
        var json = JsonSerializer.Deserialize<JsonElement>(await raw.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(token, json.GetProperty("metadata").GetProperty("firebaseStorageDownloadTokens").GetString());
    }

    [Fact]
    public async Task Media_ByLink_OpensForItsTokensOnly()
    {
        var first = (await _firebase.UploadAsync("a", "content")).GetProperty("downloadTokens").GetString()!;
        var both = (await _firebase.JsonAsync(HttpMethod.Post, FirebaseFixture.Object("a") + "?create_token=true", [])).GetProperty("downloadTokens").GetString()!;
        var second = both.Split(',')[1];
        Assert.Equal($"{first},{second}", both);

        foreach (var (token, expected) in ((string, int)[])[(first, 200), (second, 200), (both, 403), (first[..^1], 403), (first.ToUpperInvariant() + "x", 403), ("", 200)])
        {
            Assert.Equal(expected, await StatusAsync(HttpMethod.Get, $"{FirebaseFixture.Object("a")}?alt=media&token={token}"));
        }

        var left = await _firebase.JsonAsync(HttpMethod.Post, $"{FirebaseFixture.Object("a")}?delete_token={first}", []);
        Assert.Equal(second, left.GetProperty("downloadTokens").GetString());
        Assert.Equal(403, await StatusAsync(HttpMethod.Get, $"{FirebaseFixture.Object("a")}?alt=media&token={first}"));
        var renewed = await _firebase.JsonAsync(HttpMethod.Post, $"{FirebaseFixture.Object("a")}?delete_token={second}", []);
        Assert.NotEqual(second, renewed.GetProperty("downloadTokens").GetString());
        Assert.True(Guid.TryParse(renewed.GetProperty("downloadTokens").GetString(), out _));
        Assert.Equal(400, await StatusAsync(HttpMethod.Post, FirebaseFixture.Object("a") + "?create_token=yes"));
        Assert.Equal(404, await StatusAsync(HttpMethod.Post, FirebaseFixture.Object("b") + "?create_token=true"));
        Assert.Equal(404, await StatusAsync(HttpMethod.Get, $"{FirebaseFixture.Object("b")}?alt=media&token={first}"));
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "cont", "bytes 0-3/7")]
    [InlineData("bytes=5-", 206, "nt", "bytes 5-6/7")]
    [InlineData("bytes=-2", 206, "nt", "bytes 5-6/7")]
    [InlineData("bytes=0-100", 206, "content", "bytes 0-6/7")]
    [InlineData("bytes=7-", 416, null, null)]
    public async Task Media_InRanges_IsThatPart(string range, int status, string? expected, string? contentRange)
    {
        await _firebase.UploadAsync("folder/ä b.txt", "content", """{"cacheControl":"max-age=5"}""");

        using var answer = await _firebase.SendAsync(HttpMethod.Get, FirebaseFixture.Object("folder/ä b.txt") + "?alt=media", null, ("Range", range));

        Assert.Equal(status, (int)answer.StatusCode);
        if (expected is not null)
        {
            Assert.Equal(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(contentRange, answer.Content.Headers.ContentRange!.ToString());
            Assert.Equal("inline; filename*=utf-8''%C3%A4%20b.txt", answer.Content.Headers.GetValues("Content-Disposition").Single());
            Assert.Equal("max-age=5", answer.Headers.GetValues("Cache-Control").Single());
            Assert.DoesNotContain(answer.Headers, static header => header.Key.Contains("tokens", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Media_WithoutACacheControl_IsAskedForAnew()
    {
        await _firebase.UploadAsync("a", "x");

        using var answer = await _firebase.SendAsync(HttpMethod.Get, FirebaseFixture.Object("a") + "?alt=media");

        Assert.Equal("max-age=0, private", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Update_SomeTexts_MergesAndKeepsTheLinks()
    {
        var before = await _firebase.UploadAsync("a", "x", """{"contentType":"image/png","cacheControl":"no-cache","metadata":{"a":"1","b":"2"}}""");

        var after = await UpdateAsync("""{"contentType":"image/webp","cacheControl":null,"metadata":{"a":null,"c":"3"},"name":"z","size":"9"}""");

        Assert.Equal("image/webp", after.GetProperty("contentType").GetString());
        Assert.False(after.TryGetProperty("cacheControl", out _));
        Assert.Equal("""{"b":"2","c":"3"}""", after.GetProperty("metadata").GetRawText());
        Assert.Equal(("a", "2"), (after.GetProperty("name").GetString(), after.GetProperty("metageneration").GetString()));
        Assert.NotEqual(before.GetProperty("etag").GetString(), after.GetProperty("etag").GetString());
        foreach (var property in (string[])["generation", "size", "md5Hash", "timeCreated", "downloadTokens"])
        {
            Assert.Equal(before.GetProperty(property).GetString(), after.GetProperty(property).GetString());
        }

        var cleared = await UpdateAsync("""{"metadata":null}""");
        Assert.False(cleared.TryGetProperty("metadata", out _));
        Assert.Equal(before.GetProperty("downloadTokens").GetString(), cleared.GetProperty("downloadTokens").GetString());

        Task<JsonElement> UpdateAsync(string json) => _firebase.JsonAsync(HttpMethod.Patch, FirebaseFixture.Object("a"), Encoding.UTF8.GetBytes(json));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Update_ByAnOverriddenMethod_IsAnUpdate(string method)
    {
        await _firebase.UploadAsync("a", "x");

        var after = await _firebase.JsonAsync(
            new HttpMethod(method), FirebaseFixture.Object("a"), """{"contentLanguage":"fr"}"""u8.ToArray(), ("X-HTTP-Method-Override", "PATCH"));

        Assert.Equal(("fr", "1"), (after.GetProperty("contentLanguage").GetString(), after.GetProperty("size").GetString()));
    }

    [Fact]
    public async Task List_WithPages_TellsFoldersAndNamesOnly()
    {
        foreach (var name in (string[])["a", "b/1", "b/2", "b/c/3", "b//4", "d/", "/e", "f//", "g"])
        {
            await _firebase.UploadAsync(name, "x");
        }

        var all = await ListAsync("?delimiter=%2F");
        Assert.Equal("""{"prefixes":["b/","d/","f/"],"items":[{"name":"a","bucket":"photos"},{"name":"g","bucket":"photos"}]}""", all.GetRawText());
        var inFolder = await ListAsync("?prefix=b%2F&delimiter=%2F");
        Assert.Equal("""{"prefixes":["b/c/"],"items":[{"name":"b/1","bucket":"photos"},{"name":"b/2","bucket":"photos"}]}""", inFolder.GetRawText());
        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await ListAsync($"?prefix=b%2F&maxResults=1{(token is null ? string.Empty : "&pageToken=" + Uri.EscapeDataString(token))}");
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("name").GetString()!));
            token = page.TryGetProperty("nextPageToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);

        Assert.Equal(["b/1", "b/2", "b/c/3"], names);
        Assert.Equal("""{"prefixes":[],"items":[]}""", (await ListAsync("?prefix=none%2F")).GetRawText());
        Assert.Equal(400, await StatusAsync(HttpMethod.Get, FirebaseFixture.Objects + "?prefix=b"));
        Assert.Equal(400, await StatusAsync(HttpMethod.Get, FirebaseFixture.Objects + "?maxResults=many"));
        Assert.Equal(400, await StatusAsync(HttpMethod.Get, FirebaseFixture.Objects + "?pageToken=%21"));

        Task<JsonElement> ListAsync(string query) => _firebase.JsonAsync(HttpMethod.Get, FirebaseFixture.Objects + query);
    }

    [Fact]
    public async Task UnknownBucket_AnyRequest_IsToldWhichThereAre()
    {
        using var answer = await _firebase.SendAsync(HttpMethod.Post, "/v0/b/demo.appspot.com/o?name=a", [1]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.StartsWith("The specified bucket does not exist: demo.appspot.com. Here is photos;", answer.ReasonPhrase, StringComparison.Ordinal);
        var error = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("error");
        Assert.Equal((404, answer.ReasonPhrase), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("GET", "/v0", 404)]
    [InlineData("GET", "/v0/b", 404)]
    [InlineData("GET", "/v0/b/photos", 404)]
    [InlineData("GET", "/v0/b/photos/o/a/b", 404)]
    [InlineData("GET", "/v0/b/photos/o/%FF", 400)]
    [InlineData("PATCH", "/v0/b/photos/o", 405)]
    [InlineData("DELETE", "/v0/b/photos/o", 405)]
    [InlineData("BREW", "/v0/b/photos/o/a", 405)]
    [InlineData("PATCH", "/v0/b/photos/o/missing", 404)]
    public async Task OtherRequests_HaveTheirError(string method, string target, int expected)
    {
        Assert.Equal(expected, await StatusAsync(new HttpMethod(method), target));
    }

    private async Task<int> StatusAsync(HttpMethod method, string target)
    {
        using var answer = await _firebase.SendAsync(method, target, method == HttpMethod.Get || method == HttpMethod.Delete ? null : []);
        return (int)answer.StatusCode;
    }
}
