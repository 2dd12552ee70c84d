using System.Text;
using System.Text.Json;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>A folder behind the endpoint, asked in Firebase's own protocol.</summary>
internal sealed class FirebaseFixture : IAsyncDisposable
{
    private readonly FolderFixture _folder = new();

    private FirebaseFixture()
    {
        _folder.Options = _folder.Options with { MaxObjectBytes = 2_000_000 };
    }

    public static string Objects => $"/v0/b/{FolderFixture.Bucket}/o";

    public FolderObjectWriter Writer { get; private set; } = null!;

    public EndpointFixture Endpoint { get; private set; } = null!;

    public static async Task<FirebaseFixture> StartAsync()
    {
        var fixture = new FirebaseFixture();
        await fixture.OpenAsync();
        return fixture;
    }

    public static string Object(string name) => $"{Objects}/{Uri.EscapeDataString(name)}";

    /// <summary>The process ends and another one begins, on the same folder.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var url = target.StartsWith('/') ? Endpoint.Url + target : target;
        using var request = new HttpRequestMessage(method, new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Content = body is null ? null : new ByteArrayContent(body);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Endpoint.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> JsonAsync(HttpMethod method, string target, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(method, target, body, headers);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {answer.ReasonPhrase}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>As the web SDK sends what is small.</summary>
    public Task<JsonElement> UploadAsync(string name, string content, string description = "{}", string contentType = "text/plain") => JsonAsync(
        HttpMethod.Post,
        $"{Objects}?name={Uri.EscapeDataString(name)}",
        Parts(content, description, contentType),
        ("X-Goog-Upload-Protocol", "multipart"),
        ("Content-Type", "multipart/related; boundary=12345"));

    public static byte[] Parts(string content, string description, string contentType) => Encoding.UTF8.GetBytes(
        $"--12345\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{description}\r\n--12345\r\nContent-Type: {contentType}\r\n\r\n{content}\r\n--12345--");

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private async Task OpenAsync()
    {
        Writer = await _folder.OpenAsync();
        Endpoint = await EndpointFixture.StartAsync(Writer);
    }

    private async Task CloseAsync()
    {
        await Endpoint.DisposeAsync();
        Writer.Dispose();
    }
}
