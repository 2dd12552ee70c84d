using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pipeline.Hosting.Tests.Support;

/// <summary>Requests as the platform sends them.</summary>
internal static class EventRequests
{
    public const string Finalized = "google.cloud.storage.object.v1.finalized";

    public const string ObjectJson = """{"bucket":"some-bucket","name":"folder/Test.cs","generation":"1587627537231057","size":"352"}""";

    public static HttpRequestMessage Binary(
        string body = ObjectJson, string? contentType = "application/json", string type = Finalized, string path = "/", Action<HttpRequestHeaders>? change = null)
    {
        var request = Post(Encoding.UTF8.GetBytes(body), contentType, path);
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", "1234567890");
        request.Headers.Add("ce-type", type);
        request.Headers.Add("ce-source", "//storage.googleapis.com/projects/_/buckets/some-bucket");
        change?.Invoke(request.Headers);
        return request;
    }

    public static HttpRequestMessage Structured(string body, string contentType = "application/cloudevents+json", string path = "/") =>
        Post(Encoding.UTF8.GetBytes(body), contentType, path);

    public static HttpRequestMessage Json(string body, string path = "/") => Post(Encoding.UTF8.GetBytes(body), "application/json", path);

    public static HttpRequestMessage Post(byte[] body, string? contentType, string path = "/")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return request;
    }

    /// <summary>The reason of an error answer; fails where there is none.</summary>
    public static async Task<string> ReasonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("application/json", response.Content.Headers.ContentType?.ToString());
        var error = JsonDocument.Parse(text).RootElement.GetProperty("error");
        Assert.Equal((int)response.StatusCode, error.GetProperty("code").GetInt32());
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        var reason = error.GetProperty("message").GetString()!;
        Assert.NotEmpty(reason);
        return reason;
    }
}
