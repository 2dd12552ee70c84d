using Pipeline.Testing.Emulators;
using Pipeline.Testing.Processes;

namespace Pipeline.Browser.Tests.Support;

/// <summary><c>pipeline run</c> with its page, watching its models closely.</summary>
internal sealed class PageProcess : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Pipeline__ModelRetryAfter"] = "1s",
        ["Pipeline__ModelPollInterval"] = "200ms",
        ["Pipeline__ModelSettleTime"] = "200ms",
    };

    private readonly LocalRunProcess _run;
    private readonly bool _isReady;

    private PageProcess(LocalRunProcess run, bool isReady)
    {
        _run = run;
        _isReady = isReady;
    }

    public string Data => _run.Data;

    public string Address => _run.Storage.AbsoluteUri;

    /// <summary>What it wrote to its terminal.</summary>
    public string Output => _run.Output;

    /// <summary>The sample pictures of the checkout.</summary>
    public static string Samples => Programs.Samples;

    /// <param name="model">The model's folder; null for the sample model, which is waited for.</param>
    /// <param name="emulator">The Firestore emulator that holds the documents; null for this machine.</param>
    /// <param name="project">The project in the emulator; null for one of this process alone.</param>
    public static async Task<PageProcess> StartAsync(string? model = null, Uri? emulator = null, string? project = null)
    {
        string[] arguments = [.. model is null ? (string[])[] : ["--model", model], .. emulator is null ? (string[])[] : ["--firestore", "emulator"]];
        var settings = emulator is null
            ? Settings
            : new(Settings) { ["FIRESTORE_EMULATOR_HOST"] = emulator.Authority, ["GOOGLE_CLOUD_PROJECT"] = project ?? FirestoreEmulator.NewProject() };
        return new PageProcess(await LocalRunProcess.StartAsync(arguments, settings, model is null), model is null);
    }

    /// <summary>Starts on the same ports and the same data.</summary>
    public Task StartAgainAsync() => _run.StartAgainAsync(_isReady);

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _run.KillAsync();

    /// <summary>Uploads as an app does, past the page.</summary>
    public Task UploadAsync(string name, byte[] content) => _run.UploadAsync(name, content);

    /// <summary>What the storage endpoint lists.</summary>
    public Task<string> ListAsync() =>
        _run.Http.GetStringAsync(new Uri(_run.Storage, $"storage/v1/b/{LocalRunProcess.Bucket}/o"), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    /// <summary>Puts the sample model into a folder, all at once.</summary>
    public static void CopyModel(string folder)
    {
        var model = Path.Combine(Path.GetDirectoryName(Programs.Command)!, "model");
        var staged = folder + ".new";
        foreach (var file in Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(staged, Path.GetRelativePath(model, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Directory.Move(staged, folder);
    }
}
