using System.Text;
using System.Text.Json;
using Xunit;

namespace Pipeline.Testing.Emulators;

/// <summary>
/// Google's Firestore emulator, started when a test first asks for it and ended with the test run: an assembly fixture. Each test uses a project of its
/// own, so that they may run at once. Without the emulator a test is skipped; with <c>CI=true</c> it fails.
/// </summary>
public sealed class FirestoreEmulator : IAsyncDisposable
{
    private const string Missing =
        "Google's Firestore emulator or java is not there: install google-cloud-cli-firestore-emulator and a Java runtime, or set FIRESTORE_EMULATOR_JAR.";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _settings = Path.GetTempFileName();
    private EmulatorProcess? _process;
    private int? _port;

    public HttpClient Http { get; } = new();

    /// <summary>A project id that no other test has.</summary>
    public static string NewProject() => "demo-" + Guid.NewGuid().ToString("N")[..20];

    /// <summary>Its address; the test is skipped, or fails, where there is no emulator.</summary>
    public async Task<Uri> StartAsync()
    {
        if (!EmulatorJars.HasJava || !EmulatorJars.TryFindFirestore(out var jar))
        {
            RequiredTools.SkipOrFail(Missing);
            throw new InvalidOperationException(Missing);
        }

        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            // Every refused precondition would write a stack trace.
            await File.WriteAllTextAsync(_settings, ".level=OFF\n", TestContext.Current.CancellationToken);
            _process ??= await EmulatorProcess.StartAsync(port => Arguments(jar, port), Http, TestContext.Current.CancellationToken, _port);
            _port = _process.Address.Port;
            return _process.Address;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>SIGKILL; with it all documents are gone. It may be started again, at the same address.</summary>
    public void Kill()
    {
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Deletes all documents of a project at once, as the emulator offers it.</summary>
    public async Task ClearAsync(string project)
    {
        var address = new Uri(await StartAsync(), $"emulator/v1/projects/{project}/databases/(default)/documents");
        using var answer = await Http.DeleteAsync(address, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Loads rules for a project and reads them back. A name in them that their language does not know fails the test, as an error does.</summary>
    public async Task LoadRulesAsync(string project, string rules)
    {
        var address = new Uri(await StartAsync(), $"emulator/v1/projects/{project}:securityRules");
        var body = JsonSerializer.Serialize(new { rules = new { files = new[] { new { name = "firestore.rules", content = rules } } } });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Http.PutAsync(address, content, TestContext.Current.CancellationToken);
        var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode && !said.Contains("\"issues\"", StringComparison.Ordinal), said);
        using var loaded = JsonDocument.Parse(await Http.GetStringAsync(address, TestContext.Current.CancellationToken));
        Assert.Equal(rules, loaded.RootElement.GetProperty("rules").GetProperty("files")[0].GetProperty("content").GetString());
    }

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        Http.Dispose();
        _turn.Dispose();
        File.Delete(_settings);
        return ValueTask.CompletedTask;
    }

    private IEnumerable<string> Arguments(string jar, int port) =>
    [
        "-Duser.language=en",
        "-Xmx256m",
        "-XX:+UseSerialGC",
        $"-Djava.util.logging.config.file={_settings}",
        "-cp",
        jar,
        "com.google.cloud.datastore.emulator.firestore.CloudFirestore",
        "--host=127.0.0.1",
        $"--port={port}",
    ];
}
