using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pipeline.Firebase.Tests.Rules;

/// <summary>An app's user, as the emulator takes him: over REST, with an unsigned token.</summary>
internal sealed class RulesClient
{
    private readonly HttpClient _http;
    private readonly Uri _emulator;
    private readonly string _documents;

    public RulesClient(HttpClient http, Uri emulator, string project)
    {
        _http = http;
        _emulator = emulator;
        _documents = $"projects/{project}/databases/(default)/documents";
    }

    /// <summary>The header of a user; null for one who is not signed in.</summary>
    /// <param name="claims">Further claims as JSON members.</param>
    public static string? User(string? uid, string claims = "") => uid is null
        ? null
        : $"{Encode("""{"alg":"none","type":"JWT"}""")}.{Encode($$"""{"sub":{{JsonSerializer.Serialize(uid)}}{{claims}}}""")}.";

    public Task<bool> MayGetAsync(string? token, string path) =>
        MayAsync(token, "batchGet", $$"""{"documents":[{{Name(path)}}]}""");

    /// <param name="owner">The owner that the query asks for, or null for a query without a condition.</param>
    public Task<bool> MayListAsync(string? token, string collection, string? owner)
    {
        var value = JsonSerializer.Serialize(owner);
        var where = owner is null ? "" : $$$""","where":{"fieldFilter":{"field":{"fieldPath":"owner"},"op":"EQUAL","value":{"stringValue":{{{value}}} } } }""";
        return MayAsync(token, "runQuery", $$$"""{"structuredQuery":{"from":[{"collectionId":"{{{collection}}}"}]{{{where}}} } }""");
    }

    /// <param name="fields">Fields as Firestore's JSON.</param>
    /// <param name="serverTime">A field that is to get the server's time, or null.</param>
    public Task<bool> MayCreateAsync(string? token, string path, string fields, string? serverTime = null) =>
        MayWriteAsync(token, path, fields, serverTime, exists: false);

    /// <inheritdoc cref="MayCreateAsync"/>
    public Task<bool> MayUpdateAsync(string? token, string path, string fields, string? serverTime = null) =>
        MayWriteAsync(token, path, fields, serverTime, exists: true);

    public Task<bool> MayDeleteAsync(string? token, string path) => MayAsync(token, "commit", $$"""{"writes":[{"delete":{{Name(path)}}}]}""");

    /// <summary>Writes without rules.</summary>
    public async Task SeedAsync(string path, string fields) =>
        Assert.True(await MayAsync("owner", "commit", $$"""{"writes":[{"update":{"name":{{Name(path)}},"fields":{{fields}} } }]}"""));

    private Task<bool> MayWriteAsync(string? token, string path, string fields, string? serverTime, bool exists)
    {
        var transforms = serverTime is null ? "" : $$""","updateTransforms":[{"fieldPath":"{{serverTime}}","setToServerValue":"REQUEST_TIME"}]""";
        var precondition = exists ? "true" : "false";
        return MayAsync(
            token,
            "commit",
            $$$"""{"writes":[{"update":{"name":{{{Name(path)}}},"fields":{{{fields}}} }{{{transforms}}},"currentDocument":{"exists":{{{precondition}}} } }]}""");
    }

    private async Task<bool> MayAsync(string? token, string method, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_emulator, $"v1/{_documents}:{method}"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(
            answer.StatusCode is HttpStatusCode.OK || answer.StatusCode is HttpStatusCode.Forbidden && text.Contains("PERMISSION_DENIED", StringComparison.Ordinal),
            $"{(int)answer.StatusCode} to {body}: {text}");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private string Name(string path) => JsonSerializer.Serialize($"{_documents}/{path}");

    private static string Encode(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
