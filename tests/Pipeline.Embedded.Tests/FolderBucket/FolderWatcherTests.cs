using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.FolderBucket;

public sealed class FolderWatcherTests : IAsyncLifetime
{
    private readonly FolderFixture _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private FolderObjectWriter _writer = null!;
    private FolderWatcher _watcher = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _writer = await _folder.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _watcher.Dispose();
        _writer.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task RunAsync_FilesThereBeforeTheStart_BecomeObjects()
    {
        Write("old.jpg", "old");
        Write("a/b/c.jpg", "deep");
        Write(".hidden", "hidden");
        Write("a/.part/x", "hidden too");
        Start();

        await EventsAsync(2);

        Assert.NotNull(await _writer.FindAsync("old.jpg"));
        Assert.NotNull(await _writer.FindAsync("a/b/c.jpg"));
    }

    [Fact]
    public async Task RunAsync_FilesCopiedChangedAndRemoved_EachHasItsEvent()
    {
        Start();
        Write("cat.jpg", "one");
        await EventsAsync(1);
        Write("cat.jpg", "second");
        await EventsAsync(3);
        File.Delete(_folder.FilePath("cat.jpg"));

        var events = await EventsAsync(4);

        Assert.Equal(["finalized", "finalized", "deleted", "deleted"], events.Select(text => text.Split(' ')[0]));
    }

    [Fact]
    public async Task RunAsync_FolderMovedInAndOut_AllItsFilesAreNoticed()
    {
        Start();
        Directory.CreateDirectory(_folder.Outside + "/deep");
        for (var index = 0; index < 10; index++)
        {
            await File.WriteAllTextAsync($"{_folder.Outside}/deep/{index}.jpg", $"{index}", TestContext.Current.CancellationToken);
        }

        Directory.Move(_folder.Outside, _folder.FilePath("in"));
        await EventsAsync(10);
        Directory.Move(_folder.FilePath("in"), _folder.Outside);

        var events = await EventsAsync(20);

        Assert.Equal(10, events.Count(text => text.StartsWith("deleted in/deep/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RunAsync_UploadsOverwritesAndDeletesGoOn_AreNotTakenForPeoplesWork()
    {
        Start();
        for (var round = 0; round < 25; round++)
        {
            await _writer.PutAsync("users/u1/cat.jpg", $"content {round}");
            await _writer.PutAsync("other.jpg", $"content {round}");
            await _writer.DeleteAsync("other.jpg");
        }

        await Task.Delay(TimeSpan.FromMilliseconds(600), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(25 + 24 + 50, (await _writer.EventsAsync()).Count);
    }

    [Fact]
    public async Task RunAsync_FileIsBeingCopied_IsOneObjectOnceItIsWhole()
    {
        Start();
        await using (var file = File.Create(_folder.FilePath("slow.jpg")))
        {
            for (var piece = 0; piece < 20; piece++)
            {
                await file.WriteAsync(new byte[1000], TestContext.Current.CancellationToken);
                await file.FlushAsync(TestContext.Current.CancellationToken);
                await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }

        await EventsAsync(1);

        Assert.Equal(20_000, (await _writer.FindAsync("slow.jpg"))!.Content.Size);
    }

    [Fact]
    public async Task RunAsync_ReadersInOtherProcesses_NoticeTheSame()
    {
        Start();
        using var reader = await _folder.OpenReaderAsync();
        Write("cat.jpg", "one");

        var found = await reader.FindLiveAsync(FolderFixture.Bucket, "cat.jpg", TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal($"finalized cat.jpg#{found!.Version.Generation}", Assert.Single(await _writer.EventsAsync()));
    }

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.FilePath(name))!);
        File.WriteAllText(_folder.FilePath(name), content);
    }

    private void Start()
    {
        _watcher = new FolderWatcher(_writer, TimeProvider.System, NullLogger<FolderWatcher>.Instance);
        _running = _watcher.RunAsync(_stop.Token);
    }

    private Task<IReadOnlyList<string>> EventsAsync(int count) => Eventually.GetAsync(_writer.EventsAsync, events => events.Count == count);
}
