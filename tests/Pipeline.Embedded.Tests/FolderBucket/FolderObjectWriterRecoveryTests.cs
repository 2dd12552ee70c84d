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

    [Fact]
    public async Task OpenAsync_ProcessKilledWhileWorking_EveryAnsweredUploadAndItsEventAreThere()
    {
        (await _folder.OpenAsync()).Dispose();
        var last = new Dictionary<string, long>();
        var answered = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            using var child = ChildProcess.Start(ChildTask.Upload, _folder.Options.Root);
            for (var line = 0; line < 60 + (23 * round); line++)
            {
                var parts = (await child.Output.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ', 2);
                last[parts[1]] = long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
                answered.Add($"finalized {parts[1]}#{parts[0]}");
            }

            await child.KillAsync();
        }

        using var writer = await _folder.OpenAsync();
        var events = await writer.EventsAsync();
        Assert.Empty(answered.Where(text => !text.EndsWith("#0", StringComparison.Ordinal)).Except(events));
        foreach (var (name, generation) in last)
        {
            var live = await writer.FindAsync(name);
            if (live is not null)
            {
                var text = $"finalized {name}#{live.Version.Generation}";
                Assert.StartsWith(name, await writer.ReadAsync(live), StringComparison.Ordinal);
                Assert.Contains(text, events);
                Assert.True(generation != 0 || !answered.Contains(text), $"{text} was deleted and is back.");
            }

            // A kill may come after the work and before the answer: then one more change has happened than was printed.
            Assert.True(live?.Version.Generation >= generation || events.Any(text => IsLater(text, name, generation)), $"{name}#{generation} is lost.");
        }

        Assert.Equal(
            last.Keys.Where(name => name.StartsWith("../", StringComparison.Ordinal)).Count(name => writer.FindAsync(name).GetAwaiter().GetResult() is not null),
            Directory.GetFiles(_folder.ContentPath).Length);
    }

    /// <summary>Whether an event speaks of a deletion of this generation or of a later one, which may stand for a change that was not printed.</summary>
    private static bool IsLater(string text, string name, long generation) =>
        text.StartsWith($"deleted {name}#", StringComparison.Ordinal)
        && long.Parse(text[(text.LastIndexOf('#') + 1)..], System.Globalization.CultureInfo.InvariantCulture) >= generation;

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
