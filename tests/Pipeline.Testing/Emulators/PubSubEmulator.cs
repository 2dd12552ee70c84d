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
    public Task SubscribeAsync(string subscription, string topic, Uri endpoint, bool isWrapped) => SendAsync(
        HttpMethod.Put,
        $"subscriptions/{subscription}",
        new
        {
            topic = $"projects/{_project}/topics/{topic}",
            ackDeadlineSeconds = 60,
            pushConfig = isWrapped ? (object)new { pushEndpoint = endpoint } : new { pushEndpoint = endpoint, noWrapper = new { writeMetadata = true } },
        });

    public Task PublishAsync(string topic, IReadOnlyDictionary<string, string> attributes, ReadOnlyMemory<byte> data) => SendAsync(
        HttpMethod.Post, $"topics/{topic}:publish", new { messages = new[] { new { data = Convert.ToBase64String(data.Span), attributes } } });

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        _http.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(_process!.Address, $"v1/projects/{_project}/{path}"));
        request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
