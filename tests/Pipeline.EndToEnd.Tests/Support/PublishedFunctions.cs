using System.Text.Json;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>
/// The deployable, published as Google's buildpack does it when a test first asks for it, and deleted with the test run: an assembly fixture. What
/// the build has made is not made anew.
/// </summary>
public sealed class PublishedFunctions : IAsyncDisposable
{
    public const string Name = "Pipeline.Functions";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pipeline-");
    private bool _isPublished;

    public string Folder => _folder.FullName;

    public string Program => Path.Combine(Folder, $"{Name}.dll");

    /// <summary>Whether it was built to be released.</summary>
    public static bool IsRelease { get; } = Programs.Configuration.Equals("release", StringComparison.OrdinalIgnoreCase);

    /// <summary>All files, relative to the folder.</summary>
    public IReadOnlyList<string> Files =>
        [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file.FullName).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public long Bytes => _folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    /// <summary>A file's name, length and time of each.</summary>
    public IReadOnlyList<string> State =>
        [.. _folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(entry => $"{entry.FullName} {(entry as FileInfo)?.Length} {entry.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal)];

    public byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Folder, file));

    public JsonElement Json(string file) => JsonElement.Parse(Read(file));

    public async Task PublishAsync()
    {
        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_isPublished)
            {
                await RunAsync();
                _isPublished = true;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync()
    {
        // Whoever runs the tests may have told this process where its own build tools lie.
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToDictionary(name => name, _ => (string?)null);
        string[] arguments =
        [
            "publish", Path.Combine(Programs.Checkout, "functions", Name), "-nologo", "--verbosity", "minimal", "--configuration", Programs.Configuration,
            "--output", Folder, "--no-build", "-nodeReuse:false",
        ];
        var result = await ToolProcess.RunAsync("dotnet", arguments, variables, TimeSpan.FromMinutes(10));
        Assert.True(result.ExitCode == 0, result.Everything);
    }
}
