using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;
using Pipeline.Fixtures.Format;
using Pipeline.Hosting.Tests.Support;

namespace Pipeline.Hosting.Tests.CloudEvents;

/// <summary>The event vectors of Google's functions-framework-conformance, through the whole host.</summary>
public sealed class ConformanceTests
{
    private const string Vectors = "corpus/GoogleCloudPlatform+functions-framework-conformance/events/generate/data";

    private static readonly string[] Names =
    [
        "firebase-auth", "firebase-db1", "firebase-db2", "firebase-db3", "firebase-db4", "firebase-db5", "firebase-db6", "firebase-db7", "firebase-db8",
        "firebase-dbdelete1", "firebase-dbdelete2", "firestore_complex", "firestore_simple", "legacy_pubsub", "pubsub_binary", "pubsub_text", "storage",
    ];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var name in Names)
        {
            cases.Add(name, "binary");
            cases.Add(name, "structured");
            cases.Add(name, "legacy");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Host_Vector_GivesTheExpectedEvent(string name, string mode)
    {
        var folder = Folder();
        var input = await File.ReadAllTextAsync(Path.Combine(folder, $"{name}-{(mode == "legacy" ? "legacy" : "cloudevent")}-input.json"), Cancellation);
        var converted = Path.Combine(folder, $"{name}-cloudevent-output-converted.json");
        var expectedFile = mode != "legacy" ? Path.Combine(folder, $"{name}-cloudevent-input.json")
            : File.Exists(converted) ? converted
            : Path.Combine(folder, $"{name}-cloudevent-output.json");
        var expected = JsonDocument.Parse(await File.ReadAllTextAsync(expectedFile, Cancellation)).RootElement;

        await using var host = await RunningHost.StartAsync<EchoEvents>();
        using var response = await host.Client.SendAsync(
            mode switch { "binary" => Binary(input), "structured" => EventRequests.Structured(input), _ => EventRequests.Json(input) }, Cancellation);

        Assert.Equal(200, (int)response.StatusCode);
        AssertSame(expected, Assert.Single(host.Received.Events));
    }

    [Fact]
    public void Vectors_Folder_HasTheseNames()
    {
        var found = Directory.EnumerateFiles(Folder(), "*-legacy-input.json").Select(file => Path.GetFileName(file).Replace("-legacy-input.json", null)).Order(StringComparer.Ordinal);

        Assert.Equal(Names.Order(StringComparer.Ordinal), found);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Folder()
    {
        if (SharedFolder.TryFind(Vectors, out var folder))
        {
            return folder;
        }

        Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
        throw new DirectoryNotFoundException(SharedFolder.Missing);
    }

    private static HttpRequestMessage Binary(string structured)
    {
        var json = JsonDocument.Parse(structured).RootElement;
        var request = EventRequests.Post(Encoding.UTF8.GetBytes(json.GetProperty("data").GetRawText()), json.GetProperty("datacontenttype").GetString());
        foreach (var property in json.EnumerateObject().Where(property => property.Name is not ("data" or "datacontenttype")))
        {
            request.Headers.Add($"ce-{property.Name}", HttpUtilities.EncodeHeaderValue(property.Value.GetString()!));
        }

        return request;
    }

    private static void AssertSame(JsonElement expected, CloudEvent actual)
    {
        Assert.Equal(expected.GetProperty("id").GetString(), actual.Id);
        Assert.Equal(expected.GetProperty("type").GetString(), actual.Type);
        Assert.Equal(expected.GetProperty("source").GetString(), actual.Source?.OriginalString);
        Assert.Equal(expected.TryGetProperty("subject", out var subject) ? subject.GetString() : null, actual.Subject);
        Assert.Equal(expected.GetProperty("time").GetDateTimeOffset(), actual.Time);
        Assert.Equal(expected.GetProperty("datacontenttype").GetString(), actual.DataContentType);
        var data = Assert.IsType<JsonElement>(actual.Data);
        Assert.True(JsonElement.DeepEquals(expected.GetProperty("data"), data), $"Expected {expected.GetProperty("data")}, got {data}.");
    }
}
