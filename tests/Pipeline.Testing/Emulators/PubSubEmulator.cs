using System.Text;
using System.Text.Json;
using Xunit;

namespace Pipeline.Testing.Emulators;

/// <summary>Google's Pub/Sub emulator: as <see cref="FirestoreEmulator"/>, an assembly fixture that is started when it is first asked for.</summary>
public sealed class PubSubEmulator : IAsyncDisposable
{
    private const string Missing =
        "Google's Pub/Sub emulator or java is not there: install google-cloud-cli-pubsub-emulator and a Java runtime, or set PUBSUB_EMULATOR_JAR.";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HttpClient _http = new();
    private readonly string _project = FirestoreEmulator.NewProject();
    private EmulatorProcess? _process;

    /// <summary>Starts it; the test is skipped, or fails, where there is no emulator.</summary>
    public async Task StartAsync()
    {
        if (!EmulatorJars.HasJava || !EmulatorJars.TryFindPubSub(out var jar))
        {
            RequiredTools.SkipOrFail(Missing);
            return;
        }

        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _process ??= await EmulatorProcess.StartAsync(
                port => ["-Xmx256m", "-XX:+UseSerialGC", "-jar", jar, "--host=127.0.0.1", $"--port={port}"], _http, TestContext.Current.CancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task CreateTopicAsync(string topic) => SendAsync(HttpMethod.Put, $"topics/{topic}", new { });

    /// <param name="endpoint">Where messages are pushed.</param>
    /// <param name="isWrapped">False: the body is the message's data, and the headers are its attributes.</param>
    /// <param name="deadLetterTopic">Where a message goes that was not taken five times; null: nowhere, it is pushed for ever.</param>
    public Task SubscribeAsync(string subscription, string topic, Uri endpoint, bool isWrapped, string? deadLetterTopic = null) => SendAsync(
        HttpMethod.Put,
        $"subscriptions/{subscription}",
        new
        {
            topic = Topic(topic),
            ackDeadlineSeconds = 60,
            pushConfig = isWrapped ? (object)new { pushEndpoint = endpoint } : new { pushEndpoint = endpoint, noWrapper = new { writeMetadata = true } },
            deadLetterPolicy = deadLetterTopic is null ? null : new { deadLetterTopic = Topic(deadLetterTopic), maxDeliveryAttempts = 5 },
        });

    /// <summary>Keeps what is published from now on for <see cref="PullAsync"/>.</summary>
    public Task CollectAsync(string subscription, string topic) => SendAsync(HttpMethod.Put, $"subscriptions/{subscription}", new { topic = Topic(topic) });

    /// <summary>The attributes of messages that have come since the last time, which are not given again.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> PullAsync(string subscription)
    {
        using var answer = JsonDocument.Parse(await SendAsync(HttpMethod.Post, $"subscriptions/{subscription}:pull", new { maxMessages = 100, returnImmediately = true }));
        if (!answer.RootElement.TryGetProperty("receivedMessages", out var received))
        {
            return [];
        }

        await SendAsync(
            HttpMethod.Post, $"subscriptions/{subscription}:acknowledge", new { ackIds = received.EnumerateArray().Select(message => message.GetProperty("ackId").GetString()) });
        return [.. received.EnumerateArray().Select(message => message.GetProperty("message").GetProperty("attributes").Deserialize<Dictionary<string, string>>()!)];
    }

    public Task PublishAsync(string topic, IReadOnlyDictionary<string, string> attributes, ReadOnlyMemory<byte> data) => SendAsync(
        HttpMethod.Post, $"topics/{topic}:publish", new { messages = new[] { new { data = Convert.ToBase64String(data.Span), attributes } } });

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        _http.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Topic(string name) => $"projects/{_project}/topics/{name}";

    private async Task<string> SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(_process!.Address, $"v1/projects/{_project}/{path}"));
        request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
