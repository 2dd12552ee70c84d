using System.Text.Json;
using Pipeline.Clients.Tests.Support;

namespace Pipeline.Clients.Tests;

/// <summary>What the storage of the Firebase web SDK does with objects of the local endpoint.</summary>
public sealed class FirebaseObjectTests : IClassFixture<EndpointRun>
{
    private const string Japanese = "小飼弾";

    /// <summary>The SDK sends a name of dots alone unescaped, and its HTTP library takes it for a path.</summary>
    private static readonly string[] ObjectNames =
    [
        string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (char)c)),
        "🙂/👩‍👩‍👧.png", "a/../b", "a/./b", "..a", "a%2Fb", "%", "%25", "x/ y ", "__x__", "\u0001\u007f", "\\", "é", "e\u0301", new string('a', 1024), new string('é', 512),
    ];

    private readonly LocalRunProcess _run;

    public FirebaseObjectTests(EndpointRun run)
    {
        _run = run.Run;
    }

    [Fact]
    public async Task EveryCall_OfTheWebSdk_DoesWhatItDoesInTheCloud()
    {
        var texts = new Dictionary<string, string>
        {
            ["raw"] = Japanese,
            ["base64"] = "5bCP6aO85by+",
            ["base64url"] = "5bCP6aO85by-",
            ["data_url"] = "data:text/plain;base64,5bCP6aO85by+",
        };
        var lines = await NodeScript.RunAsync(
            "firebase-objects.mjs", new { bucket = LocalRunProcess.Bucket, storagePort = _run.Storage.Port, texts, names = ObjectNames });
        var steps = lines.ToDictionary(static line => line.GetProperty("step").GetString()!);

        var uploaded = Value("upload");
        Assert.Equal(
            ["objects/a b+é%2F#?.png", "5", "image/png", "public,max-age=60", "attachment", "de", "identity", "uploads", "1", """{"k":"ü","n":"1"}""", "fP3QeImzKV1qVQkUqzXgaA=="],
            ((string[])["fullPath", "size", "contentType", "cacheControl", "contentDisposition", "contentLanguage", "contentEncoding", "bucket", "metageneration", "customMetadata", "md5Hash"])
                .Select(property => uploaded.GetProperty(property).ToString()));
        Assert.Equal(uploaded.GetRawText(), Value("metadata").GetRawText());
        var link = Value("link");
        Assert.Equal("/v0/b/uploads/o/objects%2Fa%20b%2B%C3%A9%252F%23%3F.png", link.GetProperty("path").GetString());
        Assert.Equal(("image/png", "[1,2,3,4,5]", 403), (link.GetProperty("type").GetString(), link.GetProperty("bytes").GetRawText(), link.GetProperty("wrong").GetInt32()));
        Assert.True(Value("same link").GetBoolean());
        var updated = Value("update");
        Assert.Equal(("image/webp", """{"n":"1","z":"z"}""", "2"), (Text(updated, "contentType"), updated.GetProperty("customMetadata").GetRawText(), Text(updated, "metageneration")));
        Assert.False(updated.TryGetProperty("cacheControl", out _));
        Assert.Equal(("[1,2,3,4,5]", "[1,2,3]"), (Value("bytes").GetRawText(), Value("some bytes").GetRawText()));
        foreach (var format in texts.Keys)
        {
            var stored = Value("text " + format);
            Assert.Equal((9, Japanese, format == "data_url" ? "text/plain" : "application/octet-stream"), (stored.GetProperty("size").GetInt32(), Text(stored, "text"), Text(stored, "type")));
        }

        Assert.Equal(Japanese, Value("stream").GetString());
        Assert.Equal("""[["texts/base64","texts/base64url","texts/data_url"],["texts/raw"]]""", Value("pages").GetRawText());
        Assert.Equal("""{"items":[],"prefixes":["objects","texts"]}""", Value("all").GetRawText());
        foreach (var name in ObjectNames)
        {
            var found = Value("name " + name);
            Assert.Equal((name, "of " + name), (Text(found, "path"), Text(found, "linked")));
        }

        Assert.False(steps["delete"].TryGetProperty("error", out _));
        foreach (var step in (string[])["delete again", "missing", "missing bytes"])
        {
            Assert.Equal("storage/object-not-found", Text(steps[step], "error"));
        }

        foreach (var step in (string[])["wrong checksum", "too long", "other bucket"])
        {
            Assert.Equal("storage/unknown", Text(steps[step], "error"));
        }

        JsonElement Value(string step) => steps[step].TryGetProperty("value", out var value) ? value : throw new InvalidOperationException(steps[step].GetRawText());
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();
}
