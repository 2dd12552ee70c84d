using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.FolderBucket;

/// <summary>Each test puts the folder into the state in which a process killed at one point leaves it.</summary>
public sealed class FolderObjectWriterRecoveryTests : IDisposable
{
    private readonly FolderFixture _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_KilledWhileReceiving_PartIsRemoved()
    {
        (await _folder.OpenAsync()).Dispose();
        await File.WriteAllTextAsync(Path.Combine(_folder.ContentPath, "incoming-1"), "part", TestContext.Current.CancellationToken);

        using var writer = await _folder.OpenAsync();

        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
    }

    [Fact]
    public async Task OpenAsync_KilledBeforeTheCommit_ContentIsRemoved()
    {
        (await _folder.OpenAsync()).Dispose();
        await File.WriteAllTextAsync(Path.Combine(_folder.ContentPath, "1700000000000000"), "not committed", TestContext.Current.CancellationToken);

        using var writer = await _folder.OpenAsync();

        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
        Assert.Empty(await writer.EventsAsync());
    }

    [Fact]
    public async Task OpenAsync_KilledAfterTheCommit_ContentMovesToItsName()
    {
        StoredObject stored;
        using (var writer = await _folder.OpenAsync())
        {
            stored = await writer.PutAsync("users/cat.jpg", "cat");
            MoveBack(stored);

            Assert.Equal("cat", await writer.ReadAsync((await writer.FindAsync("users/cat.jpg"))!));
        }

        using var again = await _folder.OpenAsync();

        Assert.Equal(stored, await again.FindAsync("users/cat.jpg"));
        Assert.Equal("cat", await again.ReadAsync(stored));
        Assert.True(File.Exists(_folder.FilePath("users/cat.jpg")));
        Assert.Single(await again.EventsAsync());
    }

    [Fact]
    public async Task OpenAsync_KilledAfterTheCommitOfAnOverwrite_NewContentReplacesTheOld()
    {
        StoredObject second;
        using (var writer = await _folder.OpenAsync())
        {
            var first = await writer.PutAsync("cat.jpg", "first");
            second = await writer.PutAsync("cat.jpg", "second");
            MoveBack(second);
            await RestoreAsync(writer, first, "first");

            Assert.Equal("second", await writer.ReadAsync((await writer.FindAsync("cat.jpg"))!));
        }

        using var again = await _folder.OpenAsync();

        Assert.Equal(second, await again.FindAsync("cat.jpg"));
        Assert.Equal("second", await File.ReadAllTextAsync(_folder.FilePath("cat.jpg"), TestContext.Current.CancellationToken));
        Assert.Equal(3, (await again.EventsAsync()).Count);
    }

    [Fact]
    public async Task OpenAsync_KilledAfterTheCommitOfADeletion_FileIsRemovedAndDoesNotComeBack()
    {
        using (var writer = await _folder.OpenAsync())
        {
            var stored = await writer.PutAsync("cat.jpg", "cat");
            await writer.DeleteAsync("cat.jpg");
            await RestoreAsync(writer, stored, "cat");

            Assert.Null(await writer.FindAsync("cat.jpg"));
        }

        using var again = await _folder.OpenAsync();

        Assert.False(File.Exists(_folder.FilePath("cat.jpg")));
        Assert.Null(await again.FindAsync("cat.jpg"));
        Assert.Equal(2, (await again.EventsAsync()).Count);
    }

    [Fact]
    public async Task OpenAsync_PersonPutAFileWhereContentWaits_FileIsTakenAsTheNewerGeneration()
    {
        StoredObject stored;
        using (var writer = await _folder.OpenAsync())
        {
            stored = await writer.PutAsync("cat.jpg", "uploaded");
            MoveBack(stored);
            await File.WriteAllTextAsync(_folder.FilePath("cat.jpg"), "by hand", TestContext.Current.CancellationToken);
        }

        using var again = await _folder.OpenAsync();
        var live = (await again.FindAsync("cat.jpg"))!;

        Assert.True(live.Version.Generation > stored.Version.Generation);
        Assert.Equal("by hand", await again.ReadAsync(live));
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
    }

    private void MoveBack(StoredObject stored) => File.Move(
        _folder.FilePath(stored.Version.Name),
        Path.Combine(_folder.ContentPath, stored.Version.Generation.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The old file and the note that it is about to go.</summary>
    private async Task RestoreAsync(FolderObjectWriter writer, StoredObject old, string content)
    {
        await File.WriteAllTextAsync(_folder.FilePath(old.Version.Name), content, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(_folder.FilePath(old.Version.Name), new DateTime(old.Modified, DateTimeKind.Utc));
        await writer.Catalog.WriteAsync(
            connection =>
            {
                ObjectTables.PutLeftover(connection, FolderFixture.Bucket, old.Version.Name, old.Stamp);
                return true;
            },
            TestContext.Current.CancellationToken);
    }
}
