using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Pipeline.Embedded.Endpoint;
using Pipeline.Embedded.Endpoint.Access;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>The storage endpoint on a real port, since how a server treats paths is part of what is tested.</summary>
internal sealed class EndpointFixture : IAsyncDisposable
{
    private readonly WebApplication _application;

    private EndpointFixture(WebApplication application)
    {
        _application = application;
        Http = new HttpClient();
    }

    public HttpClient Http { get; }

    public string Url => _application.Urls.Single();

    public static async Task<EndpointFixture> StartAsync(FolderObjectWriter writer, EndpointAccessOptions? access = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.MapStorageEndpoint(writer, access);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new EndpointFixture(application);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, HttpContent? content = null, string? hash = null)
    {
        // The client must not tidy up what it sends: "%2E%2E" is a name here.
        var uri = new Uri(Url + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(method, uri) { Content = content };
        if (hash is not null)
        {
            request.Headers.Add("x-goog-hash", hash);
        }

        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> UploadAsync(string name, string content, string more = "") => SendAsync(
        HttpMethod.Post,
        $"/upload/storage/v1/b/{FolderFixture.Bucket}/o?uploadType=media&name={Encode(name)}{more}",
        new StringContent(content, System.Text.Encoding.UTF8, "image/jpeg"));

    /// <summary>Every byte but letters and digits as <c>%XX</c>, dots too.</summary>
    public static string Encode(string name) => string.Concat(
        System.Text.Encoding.UTF8.GetBytes(name).Select(unit => char.IsAsciiLetterOrDigit((char)unit) ? ((char)unit).ToString() : $"%{unit:X2}"));

    /// <summary>The body of an answer that must be a success.</summary>
    public static async Task<JsonDocument> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {response.RequestMessage!.RequestUri}: {text}");
            return JsonDocument.Parse(text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
    }
}
