using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Tests.FolderBucket;

public sealed class FolderObjectStoreTests : IDisposable
{
    private readonly FolderFixture _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FindLiveAsync_FileCopiedInWithoutAWord_IsAnObjectWithItsEvent()
    {
        using var writer = await _folder.OpenAsync();
        using var reader = await _folder.OpenReaderAsync();
        Directory.CreateDirectory(_folder.FilePath("users/u1"));
        await File.WriteAllTextAsync(_folder.FilePath("users/u1/cat.png"), "123456789", TestContext.Current.CancellationToken);

        var metadata = (await FindAsync(reader, "users/u1/cat.png"))!;

        Assert.Equal(0xE3069283u, metadata.Crc32C);
        Assert.Equal("image/png", metadata.ContentType);
        Assert.Equal("123456789", await ReadAsync(reader, metadata.Version));
        Assert.Equal([$"finalized users/u1/cat.png#{metadata.Version.Generation}"], await writer.EventsAsync());
    }

    [Fact]
    public async Task FindLiveAsync_FileChangedByHand_IsANewGeneration()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("cat.jpg", "uploaded");
        await File.WriteAllTextAsync(_folder.FilePath("cat.jpg"), "edited", TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => writer.ReadAsync(stored));
        var live = (await writer.FindAsync("cat.jpg"))!;

        Assert.Equal(ObjectStoreError.NotFound, failure.Error);
        Assert.True(live.Version.Generation > stored.Version.Generation);
        Assert.Equal("edited", await writer.ReadAsync(live));
        Assert.Equal(3, (await writer.EventsAsync()).Count);
    }

    [Fact]
    public async Task FindLiveAsync_FileTouchedOnly_KeepsItsGeneration()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("cat.jpg", "uploaded");
        File.SetLastWriteTimeUtc(_folder.FilePath("cat.jpg"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(stored.Version, (await writer.FindAsync("cat.jpg"))!.Version);
        Assert.Single(await writer.EventsAsync());
    }

    [Fact]
    public async Task FindLiveAsync_FileRemovedByHand_IsADeletion()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("cat.jpg", "uploaded");
        File.Delete(_folder.FilePath("cat.jpg"));

        Assert.Equal(ObjectStoreError.NotFound, (await Assert.ThrowsAsync<ObjectStoreException>(() => writer.ReadAsync(stored))).Error);
        Assert.Null(await writer.FindAsync("cat.jpg"));
        Assert.Equal($"deleted cat.jpg#{stored.Version.Generation}", (await writer.EventsAsync())[^1]);
    }

    [Fact]
    public async Task FindLiveAsync_FileGrows_WaitsUntilItIsWhole()
    {
        using var writer = await _folder.OpenAsync();
        var copying = Task.Run(
            async () =>
            {
                // As programs outside .NET write: they lock nothing.
                await using var file = new FileStream(_folder.FilePath("slow.jpg"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
                for (var piece = 0; piece < 20; piece++)
                {
                    await file.WriteAsync(new byte[1000], TestContext.Current.CancellationToken);
                    await file.FlushAsync(TestContext.Current.CancellationToken);
                    await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System, TestContext.Current.CancellationToken);
                }
            },
            TestContext.Current.CancellationToken);
        await Eventually.GetAsync(() => Task.FromResult(File.Exists(_folder.FilePath("slow.jpg"))), exists => exists);

        var metadata = await FindAsync(writer.Objects, "slow.jpg");
        await copying;

        Assert.Equal(20_000, metadata!.Size);
    }

    [Fact]
    public async Task FindLiveAsync_BucketsFolderIsGone_IsUnavailableAndDeletesNothing()
    {
        using var writer = await _folder.OpenAsync();
        await writer.PutAsync("cat.jpg", "uploaded");
        Directory.Move(_folder.BucketPath, _folder.Outside);

        Assert.Equal(ObjectStoreError.Unavailable, (await Assert.ThrowsAsync<ObjectStoreException>(() => writer.FindAsync("cat.jpg"))).Error);

        Directory.Move(_folder.Outside, _folder.BucketPath);
        Assert.NotNull(await writer.FindAsync("cat.jpg"));
        Assert.Single(await writer.EventsAsync());
    }

    [Fact]
    public async Task FindLiveAsync_UnknownBucket_IsPermissionDenied()
    {
        using var reader = await _folder.OpenReaderAsync();

        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => reader.FindLiveAsync("other", "a", TestContext.Current.CancellationToken));

        Assert.Equal(ObjectStoreError.PermissionDenied, failure.Error);
    }

    [Theory]
    [InlineData("link.jpg")]
    [InlineData("folder/secret.jpg")]
    public async Task FindLiveAsync_SymbolicLinkOutOfTheFolder_IsNoObject(string name)
    {
        using var writer = await _folder.OpenAsync();
        Directory.CreateDirectory(_folder.Outside);
        await File.WriteAllTextAsync(Path.Combine(_folder.Outside, "secret.jpg"), "secret", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_folder.FilePath("link.jpg"), Path.Combine(_folder.Outside, "secret.jpg"));
        Directory.CreateSymbolicLink(_folder.FilePath("folder"), _folder.Outside);

        Assert.Null(await writer.FindAsync(name));
    }

    [Fact]
    public async Task DownloadAsync_LargerThanAllowed_IsRefusedUnread()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("a", "12345");
        using var store = Scripted(writer, _ => throw new InvalidOperationException("It was opened."));

        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.DownloadAsync(stored.Version, 4, TestContext.Current.CancellationToken));

        Assert.Equal(ObjectStoreError.TooLarge, failure.Error);
        Assert.Contains("5 bytes, 4 are allowed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DownloadAsync_EmptyObject_IsEmpty()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("a", string.Empty);

        Assert.Equal(string.Empty, await writer.ReadAsync(stored));
    }

    [Fact]
    public async Task DownloadAsync_BytesFlippedOnDisk_IsAChecksumMismatch()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("cat.jpg", "uploaded");
        await File.WriteAllTextAsync(_folder.FilePath("cat.jpg"), "uplOaded", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(_folder.FilePath("cat.jpg"), new DateTime(stored.Modified, DateTimeKind.Utc));

        Assert.Equal(ObjectStoreError.ChecksumMismatch, (await Assert.ThrowsAsync<ObjectStoreException>(() => writer.ReadAsync(stored))).Error);
    }

    [Fact]
    public async Task DownloadAsync_ReplacedWhileRead_IsNotFoundForTheOldGeneration()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("cat.jpg", "uploaded");
        using var store = Scripted(writer, path =>
        {
            File.WriteAllText(path, "replaced");
            return File.OpenRead(path);
        });

        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.DownloadAsync(stored.Version, 100, TestContext.Current.CancellationToken));

        Assert.Equal(ObjectStoreError.NotFound, failure.Error);
    }

    [Fact]
    public async Task DownloadAsync_ReadStalls_IsUnavailable()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("cat.jpg", "uploaded");
        using var store = Scripted(writer, _ => new ScriptedStream(FolderFixture.Bytes("upl"), ScriptedEnd.Stall));

        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.DownloadAsync(stored.Version, 100, TestContext.Current.CancellationToken));

        Assert.Equal(ObjectStoreError.Unavailable, failure.Error);
    }

    [Fact]
    public async Task DownloadAsync_ReadStalls_CanBeCancelled()
    {
        _folder.Options = _folder.Options with { StallTimeout = TimeSpan.FromMinutes(10) };
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("cat.jpg", "uploaded");
        var stream = new ScriptedStream(FolderFixture.Bytes("upl"), ScriptedEnd.Stall);
        using var store = Scripted(writer, _ => stream);
        using var cancellation = new CancellationTokenSource();

        var download = store.DownloadAsync(stored.Version, 100, cancellation.Token);
        await stream.Ended;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
    }

    [Fact]
    public async Task DownloadAsync_DiskFails_IsUnavailable()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("cat.jpg", "uploaded");
        using var store = Scripted(writer, _ => new ScriptedStream(FolderFixture.Bytes("upl"), ScriptedEnd.Fault));

        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.DownloadAsync(stored.Version, 100, TestContext.Current.CancellationToken));

        Assert.Equal(ObjectStoreError.Unavailable, failure.Error);
    }

    private static Task<ObjectMetadata?> FindAsync(FolderObjectStore store, string name) =>
        store.FindLiveAsync(FolderFixture.Bucket, name, TestContext.Current.CancellationToken);

    private static async Task<string> ReadAsync(FolderObjectStore store, ObjectVersion version) =>
        System.Text.Encoding.UTF8.GetString((await store.DownloadAsync(version, 1000, TestContext.Current.CancellationToken)).Span);

    private FolderObjectStore Scripted(FolderObjectWriter writer, Func<string, Stream> open) =>
        new(writer.Catalog, writer.Reconciler, writer.Layout, _folder.Options, _folder.Time, open);
}
