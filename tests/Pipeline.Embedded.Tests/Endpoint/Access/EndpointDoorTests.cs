using System.Net;
using Pipeline.Embedded.Endpoint.Access;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Endpoint.Access;

public sealed class EndpointDoorTests : IAsyncLifetime
{
    private const string Page = "http://localhost:5173";

    private readonly FolderFixture _folder = new();
    private FolderObjectWriter _writer = null!;
    private EndpointFixture _endpoint = null!;

    public static TheoryData<string> Routes { get; } =
    [
        $"/v0/b/{FolderFixture.Bucket}/o",
        $"/v0/b/{FolderFixture.Bucket}/o/missing",
        $"/storage/v1/b/{FolderFixture.Bucket}/o/missing",
        $"/b/{FolderFixture.Bucket}/o",
        $"/upload/storage/v1/b/{FolderFixture.Bucket}/o?uploadType=media&name=a",
        $"/download/storage/v1/b/{FolderFixture.Bucket}/o/missing?alt=media",
    ];

    public async ValueTask InitializeAsync()
    {
        _writer = await _folder.OpenAsync();
        _endpoint = await EndpointFixture.StartAsync(_writer, new EndpointAccessOptions(["https://app.example"], ["pipeline"]));
    }

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        _writer.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Question_OfAPageOfThisMachine_AllowsWhatClientsSend(string route)
    {
        using var answer = await SendAsync(
            HttpMethod.Options,
            route,
            ("Origin", Page),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,x-firebase-gmpid, x-firebase-storage-version,x-goog-upload-command,range,cookie"),
            ("Access-Control-Request-Private-Network", "true"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(Page, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(
            "authorization, content-type, x-firebase-gmpid, x-firebase-storage-version, x-goog-upload-command, range", Header(answer, "Access-Control-Allow-Headers"));
        Assert.Equal("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", Header(answer, "Access-Control-Allow-Methods"));
        Assert.Equal("3600", Header(answer, "Access-Control-Max-Age"));
        Assert.Equal("true", Header(answer, "Access-Control-Allow-Private-Network"));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Answer_ToAPageOfThisMachine_MayBeReadByIt(string route)
    {
        using var answer = await SendAsync(HttpMethod.Get, route, ("Origin", Page));

        Assert.Equal(Page, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("Origin", answer.Headers.Vary);
        var exposed = Header(answer, "Access-Control-Expose-Headers").Split(", ");
        Assert.Superset(
            new HashSet<string> { "x-goog-upload-url", "x-goog-upload-status", "x-goog-upload-size-received", "x-goog-hash", "x-goog-generation", "content-range", "location", "range", "etag" },
            exposed.ToHashSet());
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    public async Task Request_OfAnotherSitesPage_IsRefusedBeforeAnythingIsWritten(string origin)
    {
        using var upload = await SendAsync(HttpMethod.Post, $"/upload/storage/v1/b/{FolderFixture.Bucket}/o?uploadType=media&name=a", ("Origin", origin));
        using var question = await SendAsync(
            HttpMethod.Options, $"/v0/b/{FolderFixture.Bucket}/o", ("Origin", origin), ("Access-Control-Request-Method", "POST"));

        foreach (var answer in (HttpResponseMessage[])[upload, question])
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("Pipeline:Embedded:Origins", text, StringComparison.Ordinal);
        }

        Assert.Null(await _writer.FindAsync("a"));
    }

    [Fact]
    public async Task Request_OfAConfiguredPage_IsAnswered()
    {
        using var answer = await SendAsync(HttpMethod.Get, $"/b/{FolderFixture.Bucket}/o", ("Origin", "https://app.example"));

        Assert.Equal((HttpStatusCode.OK, "https://app.example"), (answer.StatusCode, Header(answer, "Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("evil.example:9199", HttpStatusCode.Forbidden)]
    [InlineData("pipeline:9199", HttpStatusCode.OK)]
    [InlineData("10.0.2.2:9199", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    public async Task Request_ToAHost_IsAnsweredWhereItIsKnown(string host, HttpStatusCode expected)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"/b/{FolderFixture.Bucket}/o", ("Host", host));

        Assert.Equal(expected, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected == HttpStatusCode.Forbidden, text.Contains("Pipeline:Embedded:Hosts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_WithoutOrigin_GetsNoHeadersOfBrowsers()
    {
        using var answer = await SendAsync(HttpMethod.Get, $"/b/{FolderFixture.Bucket}/o");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, _endpoint.Url + target);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _endpoint.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
