using System.Text.Json;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Endpoint;

/// <summary>Changes of objects that are there: described anew, copied, moved, joined.</summary>
public sealed class ObjectChangeTests : IAsyncLifetime
{
    private readonly FolderFixture _folder = new();
    private FolderObjectWriter _writer = null!;
    private EndpointFixture _endpoint = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder.Options = _folder.Options with { Buckets = [FolderFixture.Bucket, "second"] };
        _writer = await _folder.OpenAsync();
        _endpoint = await EndpointFixture.StartAsync(_writer);
        await _endpoint.UploadAsync("a/1", "one");
        await _endpoint.UploadAsync("a/2", "two");
    }

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        _writer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Patch_Merges_PutReplaces()
    {
        using var first = await SendAsync("PATCH", "/b/photos/o/a%2F1", """{"metadata":{"x":"1","y":"2"},"contentLanguage":"de"}""");
        using var second = await SendAsync("PATCH", "/storage/v1/b/photos/o/a%2F1?ifMetagenerationMatch=2", """{"metadata":{"x":null}}""");
        using var third = await SendAsync("PUT", "/b/photos/o/a%2F1", """{"metadata":{"z":"3"}}""");

        Assert.Equal(("2", "image/jpeg; charset=utf-8", "de"), (Text(first, "metageneration"), Text(first, "contentType"), Text(first, "contentLanguage")));
        Assert.Equal("""{"y":"2"}""", second.RootElement.GetProperty("metadata").GetRawText());
        Assert.Equal("""{"z":"3"}""", third.RootElement.GetProperty("metadata").GetRawText());
        Assert.False(third.RootElement.TryGetProperty("contentLanguage", out _));
        Assert.Equal(("4", Text(first, "generation")), (Text(third, "metageneration"), Text(third, "generation")));
        Assert.Equal(2, (await _writer.EventsAsync()).Count);
    }

    [Fact]
    public async Task Post_ThatStandsForAPatch_IsOne()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint.Url + "/storage/v1/b/photos/o/a%2F1")
        {
            Content = new StringContent("""{"contentLanguage":"de"}"""),
        };
        request.Headers.Add("X-HTTP-Method-Override", "PATCH");
        using var response = await _endpoint.Http.SendAsync(request, Cancellation);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("de", (await _writer.FindAsync("a/1"))!.Description.ContentLanguage);
    }

    [Fact]
    public async Task Rewrite_NothingSaid_CopiesTheDescriptionAlsoToAnotherBucket()
    {
        using var described = await SendAsync("PATCH", "/b/photos/o/a%2F1", """{"metadata":{"x":"1"}}""");
        using var rewrite = await SendAsync("POST", "/b/photos/o/a%2F1/rewriteTo/b/second/o/b%252F", "{}");
        using var copy = await SendAsync("POST", "/b/photos/o/a%2F1/copyTo/b/photos/o/c", """{"metadata":{"n":"2"}}""");

        Assert.True(rewrite.RootElement.GetProperty("done").GetBoolean());
        Assert.Equal(("3", "3"), (Text(rewrite, "objectSize"), Text(rewrite, "totalBytesRewritten")));
        var resource = rewrite.RootElement.GetProperty("resource");
        Assert.Equal(("second", "b%2F"), (resource.GetProperty("bucket").GetString(), resource.GetProperty("name").GetString()));
        Assert.Equal("1", resource.GetProperty("metadata").GetProperty("x").GetString());
        Assert.Equal("""{"n":"2"}""", copy.RootElement.GetProperty("metadata").GetRawText());
        Assert.Equal("image/jpeg; charset=utf-8", Text(copy, "contentType"));
        using var media = await _endpoint.SendAsync(HttpMethod.Get, "/b/second/o/b%252F?alt=media");
        Assert.Equal("one", await media.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Move_OtherName_LeavesNothingBehind()
    {
        using var moved = await SendAsync("POST", "/storage/v1/b/photos/o/a%2F1/moveTo/o/b%2F1", "{}");
        using var itself = await _endpoint.SendAsync(HttpMethod.Post, "/b/photos/o/a%2F2/moveTo/o/a%2F2", new StringContent("{}"));

        Assert.Equal("b/1", Text(moved, "name"));
        Assert.Null(await _writer.FindAsync("a/1"));
        Assert.Equal("one", await _writer.ReadAsync((await _writer.FindAsync("b/1"))!));
        Assert.Equal(400, (int)itself.StatusCode);
        Assert.Equal("two", await _writer.ReadAsync((await _writer.FindAsync("a/2"))!));
    }

    [Fact]
    public async Task Compose_Sources_BecomeOneInOrder()
    {
        var generation = (await _writer.FindAsync("a/2"))!.Version.Generation;
        using var composed = await SendAsync(
            "POST",
            "/b/photos/o/all/compose",
            $$$"""
            {"sourceObjects":[{"name":"a/2","generation":"{{{generation}}}"},{"name":"a/1"},{"name":"a/2","objectPreconditions":{"ifGenerationMatch":{{{generation}}}}}],
             "destination":{"contentType":"image/png","crc32c":"AAAAAA==","name":"a/1"}}
            """);

        Assert.Equal(("all", "image/png", "9"), (Text(composed, "name"), Text(composed, "contentType"), Text(composed, "size")));
        Assert.Equal("twoonetwo", await _writer.ReadAsync((await _writer.FindAsync("all"))!));
    }

    [Theory]
    [InlineData("""{"sourceObjects":[]}""", 400)]
    [InlineData("""{"sourceObjects":{}}""", 400)]
    [InlineData("""{"sourceObjects":[{}]}""", 400)]
    [InlineData("""{"sourceObjects":[{"name":"a/1","generation":"x"}]}""", 400)]
    [InlineData("""{"sourceObjects":[{"name":"a/1"},{"name":"none"}]}""", 404)]
    [InlineData("""{"sourceObjects":[{"name":"a/1","generation":5}]}""", 404)]
    [InlineData("""{"sourceObjects":[{"name":"a/1","objectPreconditions":{"ifGenerationMatch":5}}]}""", 412)]
    [InlineData("""{"sourceObjects":[{"name":"a/1"}],"destination":7}""", 400)]
    public async Task Compose_WrongSources_StoresNothing(string json, int status)
    {
        using var response = await _endpoint.SendAsync(HttpMethod.Post, "/b/photos/o/all/compose", new StringContent(json));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Null(await _writer.FindAsync("all"));
    }

    [Fact]
    public async Task Compose_TooManySources_IsRefused()
    {
        var sources = string.Join(',', Enumerable.Repeat("""{"name":"a/1"}""", 33));
        using var response = await _endpoint.SendAsync(HttpMethod.Post, "/b/photos/o/all/compose", new StringContent($$"""{"sourceObjects":[{{sources}}]}"""));

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task Buckets_AreListedAndDescribed()
    {
        using var buckets = await SendAsync("GET", "/storage/v1/b?project=demo-p", null);
        using var layout = await SendAsync("GET", "/storage/v1/b/second/storageLayout", null);
        using var folders = await SendAsync("GET", "/storage/v1/b/second/managedFolders", null);

        Assert.Equal(["photos", "second"], buckets.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        Assert.False(layout.RootElement.GetProperty("hierarchicalNamespace").GetProperty("enabled").GetBoolean());
        Assert.False(folders.RootElement.TryGetProperty("items", out _));
    }

    private static string? Text(JsonDocument json, string member) => json.RootElement.GetProperty(member).GetString();

    private async Task<JsonDocument> SendAsync(string method, string target, string? body) => await EndpointFixture.JsonAsync(
        await _endpoint.SendAsync(new HttpMethod(method), target, body is null ? null : new StringContent(body)));
}
