using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Endpoint;

public sealed class StorageEndpointTests : IAsyncLifetime
{
    private readonly FolderFixture _folder = new();
    private FolderObjectWriter _writer = null!;
    private EndpointFixture _endpoint = null!;

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

    [Fact]
    public async Task EveryName_UploadMetadataEventDownloadDelete_IsTheSameObject()
    {
        // The server itself refuses a zero character in a path.
        var names = Names.All.Where(name => !name.Contains('\0')).ToArray();
        foreach (var name in names)
        {
            var content = "content of " + name;
            using var upload = await EndpointFixture.JsonAsync(await _endpoint.UploadAsync(name, content));
            var generation = upload.RootElement.GetProperty("generation").GetString()!;
            Assert.Equal(name, upload.RootElement.GetProperty("name").GetString());
            foreach (var prefix in (string[])["/b", "/storage/v1/b", "/download/storage/v1/b"])
            {
                var target = $"{prefix}/{FolderFixture.Bucket}/o/{EndpointFixture.Encode(name)}";
                using var metadata = await EndpointFixture.JsonAsync(await _endpoint.SendAsync(HttpMethod.Get, target));
                Assert.Equal(name, metadata.RootElement.GetProperty("name").GetString());
                Assert.Equal(generation, metadata.RootElement.GetProperty("generation").GetString());
                using var media = await _endpoint.SendAsync(HttpMethod.Get, $"{target}?alt=media&generation={generation}");
                Assert.Equal(content, await media.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }
        }

        var events = await _writer.Catalog.ReadAsync(connection => EventTables.Due(connection, DateTimeOffset.MaxValue, 1000), TestContext.Current.CancellationToken);
        Assert.Equal(names, events.Select(stored => JsonDocument.Parse(stored.Data).RootElement.GetProperty("name").GetString()));

        foreach (var name in names)
        {
            using var deletion = await _endpoint.SendAsync(HttpMethod.Delete, Target(name));
            Assert.Equal(HttpStatusCode.NoContent, deletion.StatusCode);
            using var gone = await _endpoint.SendAsync(HttpMethod.Get, Target(name));
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        Assert.Empty(Directory.GetFiles(_folder.BucketPath, "*", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
    }

    [Fact]
    public async Task Upload_NameWithAZeroCharacter_IsStoredAndRefusedInAPath()
    {
        using var upload = await EndpointFixture.JsonAsync(await _endpoint.UploadAsync("a\0b", "x"));
        using var get = await _endpoint.SendAsync(HttpMethod.Get, Target("a\0b"));

        Assert.Equal("a\0b", upload.RootElement.GetProperty("name").GetString());
        Assert.Equal("x", await _writer.ReadAsync((await _writer.FindAsync("a\0b"))!));
        Assert.Equal(HttpStatusCode.BadRequest, get.StatusCode);
    }

    [Fact]
    public async Task Upload_Answer_HasWhatClientLibrariesNeed()
    {
        using var answer = await EndpointFixture.JsonAsync(await _endpoint.UploadAsync("a/b.jpg", "123456789"));
        var stored = (await _writer.FindAsync("a/b.jpg"))!;
        var resource = answer.RootElement;

        Assert.Equal("storage#object", resource.GetProperty("kind").GetString());
        Assert.Equal("9", resource.GetProperty("size").GetString());
        Assert.Equal("4waSgw==", resource.GetProperty("crc32c").GetString());
        Assert.Equal("1", resource.GetProperty("metageneration").GetString());
        Assert.Equal($"{stored.Version.Generation}", resource.GetProperty("generation").GetString());
        Assert.Equal("image/jpeg; charset=utf-8", resource.GetProperty("contentType").GetString());
        Assert.Equal("STANDARD", resource.GetProperty("storageClass").GetString());
        Assert.StartsWith(_endpoint.Url + "/storage/v1/b/photos/o/a%2Fb.jpg", resource.GetProperty("selfLink").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Media_Headers_CarryHashAndGeneration()
    {
        await _endpoint.UploadAsync("a", "123456789");
        var stored = (await _writer.FindAsync("a"))!;
        using var media = await _endpoint.SendAsync(HttpMethod.Get, Target("a") + "?alt=media");

        Assert.Equal($"crc32c=4waSgw==,md5={stored.Content.Md5}", media.Headers.GetValues("x-goog-hash").Single());
        Assert.Equal($"{stored.Version.Generation}", media.Headers.GetValues("x-goog-generation").Single());
        Assert.Equal("1", media.Headers.GetValues("x-goog-metageneration").Single());
        Assert.Equal("identity", media.Headers.GetValues("x-goog-stored-content-encoding").Single());
        Assert.Equal("9", media.Headers.GetValues("x-goog-stored-content-length").Single());
        Assert.Equal(9, media.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("bytes=0-8", true)]
    [InlineData("bytes=1-", false)]
    public async Task Media_Part_CarriesTheHashOnlyWhereItIsAll(string range, bool hasHash)
    {
        await _endpoint.UploadAsync("a", "123456789");
        using var request = new HttpRequestMessage(HttpMethod.Get, _endpoint.Url + Target("a") + "?alt=media");
        request.Headers.TryAddWithoutValidation("Range", range);
        using var media = await _endpoint.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.PartialContent, media.StatusCode);
        Assert.Equal(hasHash, media.Headers.Contains("x-goog-hash"));
    }

    [Fact]
    public async Task Upload_ContentEncoding_IsKept()
    {
        await _endpoint.UploadAsync("a", "x", "&contentEncoding=gzip");
        using var metadata = await EndpointFixture.JsonAsync(await _endpoint.SendAsync(HttpMethod.Get, Target("a")));

        Assert.Equal("gzip", metadata.RootElement.GetProperty("contentEncoding").GetString());
    }

    [Fact]
    public async Task Upload_EmptyBodyWithoutType_IsAnObject()
    {
        using var answer = await EndpointFixture.JsonAsync(await _endpoint.SendAsync(HttpMethod.Post, Upload("&name=empty"), new ByteArrayContent([])));

        Assert.Equal("0", answer.RootElement.GetProperty("size").GetString());
        Assert.Equal("AAAAAA==", answer.RootElement.GetProperty("crc32c").GetString());
        using var media = await _endpoint.SendAsync(HttpMethod.Get, Target("empty") + "?alt=media");
        Assert.Equal("application/octet-stream", media.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("POST", "/upload/storage/v1/b/photos/o?name=a", 400, "required")]
    [InlineData("POST", "/upload/storage/v1/b/photos/o?uploadType=resumable&name=a", 400, "parseError")]
    [InlineData("POST", "/upload/storage/v1/b/photos/o?uploadType=multipart&name=a", 400, "invalid")]
    [InlineData("POST", "/upload/storage/v1/b/photos/o?uploadType=other&name=a", 400, "invalid")]
    [InlineData("POST", "/upload/storage/v1/b/photos/o?uploadType=media", 400, "required")]
    [InlineData("POST", "/upload/storage/v1/b/photos/o?uploadType=media&name=", 400, "required")]
    [InlineData("POST", "/upload/storage/v1/b/photos/o?uploadType=media&name=%FF", 400, "invalid")]
    [InlineData("POST", "/upload/storage/v1/b/photos/o?uploadType=media&name=a&ifGenerationMatch=x", 400, "invalid")]
    [InlineData("POST", "/upload/storage/v1/b/photos/o?uploadType=media&name=a&contentEncoding=gzip%0D%0AX-Other:1", 400, "invalid")]
    [InlineData("GET", "/b/photos/o/missing?ifGenerationMatch=1", 404, "notFound")]
    [InlineData("POST", "/upload/storage/v1/b/photos/o?uploadType=media&name=a&ifGenerationMatch=5", 412, "conditionNotMet")]
    [InlineData("POST", "/upload/storage/v1/b/other/o?uploadType=media&name=a", 404, "notFound")]
    [InlineData("PUT", "/upload/storage/v1/b/photos/o?uploadType=media&name=a", 400, "required")]
    [InlineData("PUT", "/upload/storage/v1/b/photos/o?uploadType=resumable&upload_id=none", 404, "notFound")]
    [InlineData("DELETE", "/upload/storage/v1/b/photos/o?uploadType=resumable&upload_id=none", 404, "notFound")]
    [InlineData("PATCH", "/upload/storage/v1/b/photos/o?uploadType=resumable&upload_id=none", 405, "methodNotAllowed")]
    [InlineData("GET", "/b/other/o/a", 404, "notFound")]
    [InlineData("GET", "/b/photos/o/missing", 404, "notFound")]
    [InlineData("GET", "/b/photos/o/a/b", 404, "notFound")]
    [InlineData("GET", "/b/photos/o/%zz", 400, "invalid")]
    [InlineData("GET", "/b/photos/o/there?generation=1", 404, "notFound")]
    [InlineData("GET", "/b/photos/o/there?generation=one", 400, "invalid")]
    [InlineData("GET", "/b/photos/o/there?ifGenerationMatch=1", 412, "conditionNotMet")]
    [InlineData("DELETE", "/b/photos/o/missing", 404, "notFound")]
    [InlineData("DELETE", "/b/photos/o/there?ifGenerationMatch=1", 412, "conditionNotMet")]
    [InlineData("DELETE", "/b/photos/o/there?generation=1", 404, "notFound")]
    [InlineData("GET", "/b/photos/o?pageToken=*", 400, "invalid")]
    [InlineData("PATCH", "/b/photos/o/missing", 404, "notFound")]
    [InlineData("PATCH", "/b/photos/o/there?ifMetagenerationMatch=2", 412, "conditionNotMet")]
    [InlineData("PATCH", "/b/photos/o/there?generation=1", 404, "notFound")]
    [InlineData("POST", "/b/photos/o/there", 405, "methodNotAllowed")]
    [InlineData("DELETE", "/b/photos", 405, "methodNotAllowed")]
    [InlineData("POST", "/b", 405, "methodNotAllowed")]
    [InlineData("GET", "/b/photos/o/there/rewriteTo/b/photos/o/a", 405, "methodNotAllowed")]
    [InlineData("POST", "/b/photos/o/missing/rewriteTo/b/photos/o/a", 404, "notFound")]
    [InlineData("POST", "/b/photos/o/there/rewriteTo/b/other/o/a", 404, "notFound")]
    [InlineData("POST", "/b/photos/o/there/rewriteTo/b/photos/o/a?ifGenerationMatch=5", 412, "conditionNotMet")]
    [InlineData("POST", "/b/photos/o/there/rewriteTo/b/photos/o/a?ifSourceGenerationMatch=5", 412, "conditionNotMet")]
    [InlineData("POST", "/b/photos/o/there/copyTo/b/photos/o/a?sourceGeneration=5", 404, "notFound")]
    [InlineData("POST", "/b/photos/o/there/rewriteTo/b/photos/o", 404, "notFound")]
    [InlineData("POST", "/b/photos/o/a/compose", 400, "invalid")]
    [InlineData("GET", "/b/photos/acl", 404, "notFound")]
    public async Task WrongRequest_IsAnsweredInTheApisWords(string method, string target, int status, string reason)
    {
        await _endpoint.UploadAsync("there", "x");
        var content = method is "GET" or "DELETE" ? null : new ByteArrayContent(target.Contains("upload", StringComparison.Ordinal) ? [1] : []);
        using var response = await _endpoint.SendAsync(new HttpMethod(method), target, content);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(status, (int)response.StatusCode);
        var error = answer.RootElement.GetProperty("error");
        Assert.Equal(status, error.GetProperty("code").GetInt32());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(reason, error.GetProperty("errors")[0].GetProperty("reason").GetString());
        Assert.NotNull(await _writer.FindAsync("there"));
        Assert.Null(await _writer.FindAsync("a"));
    }

    [Fact]
    public async Task Get_GenerationIsKnownAlready_Is304()
    {
        await _endpoint.UploadAsync("a", "x");
        var generation = (await _writer.FindAsync("a"))!.Version.Generation;
        using var response = await _endpoint.SendAsync(HttpMethod.Get, Target("a") + $"?ifGenerationNotMatch={generation}");

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_TooLarge_Is413AndLeavesNothing(bool chunked)
    {
        using HttpContent content = chunked ? new StreamContent(new UnsizedStream(new byte[150_000])) : new ByteArrayContent(new byte[150_000]);
        using var response = await _endpoint.SendAsync(HttpMethod.Post, Upload("&name=a"), content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Null(await _writer.FindAsync("a"));
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
    }

    [Theory]
    [InlineData("crc32c=4waSgw==", 200)]
    [InlineData("crc32c=4waSgw==,md5=JfnnlDI7RTiF9RgfG2JNCw==", 200)]
    [InlineData("crc32c=AAAAAA==", 400)]
    [InlineData("md5=AAAAAAAAAAAAAAAAAAAAAA==", 400)]
    [InlineData("crc32c=x", 400)]
    [InlineData("sha1=AAAA", 400)]
    public async Task Upload_Hash_IsCompared(string hash, int status)
    {
        using var response = await _endpoint.SendAsync(HttpMethod.Post, Upload("&name=a"), new StringContent("123456789"), hash);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200, await _writer.FindAsync("a") is not null);
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
    }

    [Fact]
    public async Task Upload_ConnectionBreaks_LeavesNothing()
    {
        var uri = new Uri(_endpoint.Url);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(uri.Host, uri.Port, TestContext.Current.CancellationToken);
            var head = $"POST {Upload("&name=a")} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nonly this";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
            await Eventually.GetAsync(() => Task.FromResult(Directory.GetFiles(_folder.ContentPath).Length), count => count == 1);
        }

        await Eventually.GetAsync(() => Task.FromResult(Directory.GetFiles(_folder.ContentPath).Length), count => count == 0);
        Assert.Null(await _writer.FindAsync("a"));
        Assert.Empty(await _writer.EventsAsync());
    }

    [Fact]
    public async Task Upload_SenderStalls_Is408AndLeavesNothing()
    {
        var uri = new Uri(_endpoint.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(uri.Host, uri.Port, TestContext.Current.CancellationToken);
        var head = $"POST {Upload("&name=a")} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nonly this";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());

        Assert.StartsWith("HTTP/1.1 408", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
    }

    [Fact]
    public async Task List_PrefixAndPages_GiveEveryNameOnceInOrder()
    {
        foreach (var name in (string[])["b", "a/2", "a/1", "a/😀", "a/\uFFFD", "a0", "a"])
        {
            await _endpoint.UploadAsync(name, "x");
        }

        var names = new List<string>();
        string? token = null;
        do
        {
            using var page = await EndpointFixture.JsonAsync(await _endpoint.SendAsync(
                HttpMethod.Get, $"/storage/v1/b/photos/o?prefix=a%2F&maxResults=3{(token is null ? string.Empty : "&pageToken=" + Uri.EscapeDataString(token))}"));
            names.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
            token = page.RootElement.TryGetProperty("nextPageToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);

        Assert.Equal(["a/1", "a/2", "a/\uFFFD", "a/😀"], names);
    }

    [Fact]
    public async Task List_NothingThere_LeavesItemsOut()
    {
        using var page = await EndpointFixture.JsonAsync(await _endpoint.SendAsync(HttpMethod.Get, "/b/photos/o?prefix=none"));

        Assert.Equal("storage#objects", page.RootElement.GetProperty("kind").GetString());
        Assert.False(page.RootElement.TryGetProperty("items", out _));
    }

    [Fact]
    public async Task Bucket_Get_IsDescribed()
    {
        using var bucket = await EndpointFixture.JsonAsync(await _endpoint.SendAsync(HttpMethod.Get, "/storage/v1/b/photos"));

        Assert.Equal("photos", bucket.RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Upload_CatalogueLockedByAnother_Is503()
    {
        using var lockHolder = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_writer.Layout.DatabasePath};Pooling=False;Default Timeout=30");
        await lockHolder.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = lockHolder.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        using var response = await _endpoint.UploadAsync("a", "x");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
    }

    private static string Target(string name) => $"/b/{FolderFixture.Bucket}/o/{EndpointFixture.Encode(name)}";

    private static string Upload(string query) => $"/upload/storage/v1/b/{FolderFixture.Bucket}/o?uploadType=media{query}";
}
