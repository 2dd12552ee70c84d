using System.Security.Cryptography;
using System.Text;
using Pipeline.Clients.Tests.Support;

namespace Pipeline.Clients.Tests;

/// <summary>The commands of <c>gcloud storage</c> on the local endpoint.</summary>
public sealed class GcloudTests : IClassFixture<EndpointRun>, IDisposable
{
    private const string Root = $"gs://{LocalRunProcess.Bucket}";

    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-files-").FullName;
    private readonly LocalRunProcess _run;
    private readonly Gcloud _gcloud;

    public GcloudTests(EndpointRun endpoint)
    {
        _run = endpoint.Run;
        _gcloud = new Gcloud(_run.Storage);
    }

    public void Dispose()
    {
        _gcloud.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Files_SmallAndLarge_ComeBackAsTheyWere()
    {
        // gcloud sends the first in one request, the second in pieces.
        var files = new Dictionary<string, byte[]> { ["small.bin"] = RandomNumberGenerator.GetBytes(700_000), ["large.bin"] = RandomNumberGenerator.GetBytes(9_000_000) };
        foreach (var (name, content) in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(_folder, name), content, TestContext.Current.CancellationToken);
        }

        var events = await Outbox.CountAsync(_run.Data);
        await OutputAsync("cp", Path.Combine(_folder, "*.bin"), $"{Root}/up/");
        var back = Directory.CreateDirectory(Path.Combine(_folder, "back")).FullName;
        await OutputAsync("cp", "-r", $"{Root}/up", back);

        foreach (var (name, content) in files)
        {
            Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(back, "up", name), TestContext.Current.CancellationToken));
        }

        Assert.Equal(events + 2, await Outbox.CountAsync(_run.Data));
    }

    [Fact]
    public async Task Names_OfEveryKind_AreListedShownMovedAndRemoved()
    {
        string[] names = ["n/plain.txt", "n/a b/100%/%2F?.txt", "n/é😀/x+y&z=#.txt"];
        foreach (var name in names)
        {
            await _run.UploadAsync(name, Encoding.UTF8.GetBytes("content of " + name), "text/plain");
        }

        Assert.Equal(names.Select(Url).Order(StringComparer.Ordinal), (await LinesAsync("ls", $"{Root}/n/**")).Order(StringComparer.Ordinal));
        Assert.Equal([$"{Root}/n/a b/", $"{Root}/n/plain.txt", $"{Root}/n/é😀/"], (await LinesAsync("ls", $"{Root}/n/")).Order(StringComparer.Ordinal));
        Assert.Equal("content of " + names[1], await OutputAsync("cat", $"{Root}/n/a b/100%/*"));

        await OutputAsync("cp", Url(names[2]), $"{Root}/n/copy 100%.txt");
        await OutputAsync("mv", $"{Root}/n/copy 100%.txt", $"{Root}/n/moved 😀.txt");
        await OutputAsync("objects", "update", $"{Root}/n/moved 😀.txt", "--custom-metadata=kind=test", "--cache-control=no-store");
        var described = await OutputAsync("objects", "describe", $"{Root}/n/moved 😀.txt", "--format=value(custom_fields.kind,cache_control)");
        Assert.Equal("test\tno-store", described.Trim());
        Assert.Equal("content of " + names[2], await OutputAsync("cat", $"{Root}/n/moved 😀.txt"));

        await OutputAsync("rm", "-r", $"{Root}/n/a b");
        await OutputAsync("rm", Url(names[0]), $"{Root}/n/é😀/**");
        Assert.Equal([$"{Root}/n/moved 😀.txt"], await LinesAsync("ls", $"{Root}/n/**"));
    }

    [Fact]
    public async Task Object_ThatIsNotThere_IsSaidToBeMissing()
    {
        var missing = await _gcloud.RunAsync("storage", "cat", $"{Root}/none.txt");
        var bucket = await _gcloud.RunAsync("storage", "ls", "gs://other-bucket");

        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("matched no objects", missing.Everything, StringComparison.Ordinal);
        Assert.NotEqual(0, bucket.ExitCode);
        Assert.Contains("404", bucket.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_InParallelParts_IsJoined()
    {
        var content = RandomNumberGenerator.GetBytes(3_000_000);
        var file = Path.Combine(_folder, "parts.bin");
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);

        await OutputAsync(
            new Dictionary<string, string>
            {
                ["CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_ENABLED"] = "true",
                ["CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_THRESHOLD"] = "1M",
                ["CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_COMPONENT_SIZE"] = "1M",
                ["CLOUDSDK_STORAGE_RESUMABLE_THRESHOLD"] = "100K",
            },
            "cp",
            file,
            $"{Root}/parts.bin");

        Assert.Equal([$"{Root}/parts.bin"], (await LinesAsync("ls", $"{Root}/**")).Where(static line => line.Contains("part", StringComparison.Ordinal)));
        Assert.Equal(content, await _run.Http.GetByteArrayAsync(
            new Uri(_run.Storage, $"storage/v1/b/{LocalRunProcess.Bucket}/o/parts.bin?alt=media"), TestContext.Current.CancellationToken));
    }

    private static string Url(string name) => $"{Root}/{name}";

    private Task<string> OutputAsync(params string[] arguments) => OutputAsync(new Dictionary<string, string>(), arguments);

    private async Task<string> OutputAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var result = await _gcloud.RunAsync(["storage", .. arguments], settings, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Everything);
        return result.Output;
    }

    private async Task<string[]> LinesAsync(params string[] arguments) =>
        (await OutputAsync(arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
