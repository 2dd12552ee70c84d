using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Embedded.Delivery;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests;

public sealed class LocalPlatformTests : IDisposable
{
    private readonly FolderFixture _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Service_UploadsAndCopiedFiles_ReachTheWorkerAlsoAfterARestart()
    {
        var down = new ScriptedHandler(HttpStatusCode.ServiceUnavailable);
        await RunAsync(down, async platform =>
        {
            await using var endpoint = await EndpointFixture.StartAsync(platform.Objects);
            (await endpoint.UploadAsync("uploaded.jpg", "x")).EnsureSuccessStatusCode();
            await File.WriteAllTextAsync(_folder.FilePath("copied.jpg"), "y", TestContext.Current.CancellationToken);
            await Eventually.GetAsync(() => Task.FromResult(Subjects(down)), subjects => subjects.Length == 2);
        });
        var up = new ScriptedHandler(HttpStatusCode.OK);
        await RunAsync(up, async platform =>
        {
            await Eventually.GetAsync(() => Task.FromResult(Subjects(up)), subjects => subjects.Length == 2);
            await Eventually.GetAsync(
                () => platform.Objects.Catalog.ReadAsync(EventTables.Count, TestContext.Current.CancellationToken), counts => counts == (0, 0));
        });

        Assert.Equal(["objects/copied.jpg", "objects/uploaded.jpg"], Subjects(up));
        Assert.Contains(up.Received, request => request.Target.AbsolutePath == "/maintain");
        var copied = up.Received.First(request => request.Headers.GetValueOrDefault("ce-subject") == "objects/copied.jpg");
        Assert.Equal("image/jpeg", JsonDocument.Parse(copied.Body).RootElement.GetProperty("contentType").GetString());
    }

    [Fact]
    public async Task OpenAsync_WrongOptions_NamesAllWithTheirParts()
    {
        var options = new LocalPlatformOptions(
            new FolderBucketOptions(" ", ["Photos", "Photos"]) { MaxObjectBytes = 0, SettleTime = TimeSpan.Zero },
            new EventDeliveryOptions(new Uri("http://worker/")) { MaxInFlight = 0 },
            new LocalSchedulerOptions(new Uri("http://worker/")) { Interval = TimeSpan.Zero });
        using var http = new HttpClient();

        var failure = await Assert.ThrowsAsync<ArgumentException>(
            () => LocalPlatform.OpenAsync(options, http, TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken));

        Assert.All(
            ["Folder: Root", "Folder: Buckets names 'Photos'", "Folder: Buckets names a bucket twice", "Folder: MaxObjectBytes", "Folder: SettleTime", "Delivery: MaxInFlight", "Scheduler: Interval"],
            text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
    }

    private static string[] Subjects(ScriptedHandler worker) =>
        [.. worker.Received.Select(request => request.Headers.GetValueOrDefault("ce-subject")).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    private async Task RunAsync(ScriptedHandler worker, Func<LocalPlatform, Task> act)
    {
        using var http = new HttpClient(worker);
        var options = new LocalPlatformOptions(
            _folder.Options,
            new EventDeliveryOptions(new Uri("http://worker/events/storage")) { InitialBackoff = TimeSpan.FromMilliseconds(50) },
            new LocalSchedulerOptions(new Uri("http://worker/maintain")) { Interval = TimeSpan.FromMilliseconds(200) });
        using var platform = await LocalPlatform.OpenAsync(options, http, TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        await platform.StartAsync(TestContext.Current.CancellationToken);
        await act(platform);
        await platform.StopAsync(TestContext.Current.CancellationToken);
    }
}
