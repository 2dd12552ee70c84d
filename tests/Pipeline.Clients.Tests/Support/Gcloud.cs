using Pipeline.Testing.Emulators;

namespace Pipeline.Clients.Tests.Support;

/// <summary>The <c>gcloud</c> command against a local Cloud Storage endpoint, with a configuration folder of its own and without an account.</summary>
internal sealed class Gcloud : IDisposable
{
    private const string Missing = "gcloud is not on the PATH: the Google Cloud SDK has it.";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly IReadOnlyDictionary<string, string> NoSettings = new Dictionary<string, string>();

    private readonly string _configuration = Directory.CreateTempSubdirectory("pipeline-gcloud-").FullName;
    private readonly Uri _storage;

    /// <param name="storage">Where the endpoint listens.</param>
    public Gcloud(Uri storage)
    {
        _storage = storage;
    }

    /// <summary>Runs a command; the test is skipped without gcloud, and fails under <c>CI=true</c>.</summary>
    /// <param name="arguments">For example <c>storage ls gs://uploads</c>, each word for itself.</param>
    public Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(arguments, NoSettings, CancellationToken.None);

    /// <param name="settings">Environment variables besides.</param>
    /// <param name="kill">Ends the command with SIGKILL.</param>
    public Task<ToolResult> RunAsync(string[] arguments, IReadOnlyDictionary<string, string> settings, CancellationToken kill)
    {
        if (!ToolPath.TryFind("gcloud", out var gcloud))
        {
            RequiredTools.SkipOrFail(Missing);
        }

        var variables = new Dictionary<string, string?>
        {
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE"] = new Uri(_storage, "storage/v1/").AbsoluteUri,
            ["CLOUDSDK_AUTH_DISABLE_CREDENTIALS"] = "true",
            ["CLOUDSDK_CONFIG"] = _configuration,
            ["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1",
            ["CLOUDSDK_CORE_DISABLE_USAGE_REPORTING"] = "true",
            ["CLOUDSDK_CORE_PROJECT"] = "demo-pipeline",
            ["CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK"] = "true",
        };
        foreach (var (name, value) in settings)
        {
            variables[name] = value;
        }

        return ToolProcess.RunAsync(gcloud!, arguments, variables, Patience, kill: kill);
    }

    public void Dispose() => Directory.Delete(_configuration, recursive: true);
}
