using Microsoft.Extensions.Time.Testing;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Tests.FolderBucket;

public sealed class FolderObjectWriterTests : IDisposable
{
    private readonly FolderFixture _folder = new(new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UploadAsync_EveryName_IsReadBackAndKeptApart()
    {
        using (var writer = await _folder.OpenAsync())
        {
            foreach (var name in Names.All)
            {
                await writer.PutAsync(name, "content of " + name);
            }

            await AssertAllAsync(writer);
        }

        using var again = await _folder.OpenAsync();
        await AssertAllAsync(again);
        var listed = await again.ListAsync(FolderFixture.Bucket, NameRange.Of(string.Empty), null, 1000, TestContext.Current.CancellationToken);
        Assert.Equal(Names.All.Order(StringComparer.Ordinal), listed.Select(stored => stored.Version.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["photos"], Directory.GetDirectories(_folder.Options.Root).Select(Path.GetFileName).Where(name => name != ".pipeline"));
    }

    [Fact]
    public async Task UploadAsync_PlainName_IsAFileThatAPersonFinds()
    {
        using var writer = await _folder.OpenAsync();
        await writer.PutAsync("users/u1/cat.jpg", "cat");

        Assert.Equal("cat", await File.ReadAllTextAsync(_folder.FilePath("users/u1/cat.jpg"), TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
    }

    [Fact]
    public async Task UploadAsync_ClockStandsStill_GenerationsRiseAlsoAcrossDeletion()
    {
        using var writer = await _folder.OpenAsync();
        var first = await writer.PutAsync("a", "1");
        var second = await writer.PutAsync("a", "2");
        await writer.DeleteAsync("a");
        var third = await writer.PutAsync("a", "3");
        var other = await writer.PutAsync("b", "4");

        Assert.Equal(_folder.Time.GetUtcNow().ToUnixTimeMilliseconds() * 1000, first.Version.Generation);
        Assert.Equal([1, 1, 1], new[] { second.Version.Generation - first.Version.Generation, third.Version.Generation - second.Version.Generation, other.Version.Generation - third.Version.Generation });
        Assert.Equal(
            [
                $"finalized a#{first.Version.Generation}",
                $"finalized a#{second.Version.Generation}", $"deleted a#{first.Version.Generation}",
                $"deleted a#{second.Version.Generation}",
                $"finalized a#{third.Version.Generation}",
                $"finalized b#{other.Version.Generation}",
            ],
            await writer.EventsAsync());
    }

    [Theory]
    [InlineData("plain.jpg")]
    [InlineData("../not/plain")]
    public async Task DownloadAsync_OverwrittenOrDeleted_OldGenerationIsGone(string name)
    {
        using var writer = await _folder.OpenAsync();
        var first = await writer.PutAsync(name, "one");
        var second = await writer.PutAsync(name, "second");

        Assert.Equal("second", await writer.ReadAsync(second));
        Assert.Equal(ObjectStoreError.NotFound, (await Assert.ThrowsAsync<ObjectStoreException>(() => writer.ReadAsync(first))).Error);

        await writer.DeleteAsync(name);
        Assert.Equal(ObjectStoreError.NotFound, (await Assert.ThrowsAsync<ObjectStoreException>(() => writer.ReadAsync(second))).Error);
        Assert.Null(await writer.FindAsync(name));
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
        Assert.Empty(Directory.GetFiles(_folder.BucketPath));
    }

    [Fact]
    public async Task UploadAsync_NameBelowAnotherName_BothAreKept()
    {
        using var writer = await _folder.OpenAsync();
        var file = await writer.PutAsync("a", "file");
        var below = await writer.PutAsync("a/b", "below");
        var folderFirst = await writer.PutAsync("x/y", "below first");
        var fileSecond = await writer.PutAsync("x", "file second");

        Assert.Equal("file", await writer.ReadAsync(file));
        Assert.Equal("below", await writer.ReadAsync(below));
        Assert.Equal("below first", await writer.ReadAsync(folderFirst));
        Assert.Equal("file second", await writer.ReadAsync(fileSecond));
    }

    [Fact]
    public async Task UploadAsync_Metadata_IsWhatTheBytesAre()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("n", "123456789");
        var metadata = (await writer.Objects.FindLiveAsync(FolderFixture.Bucket, "n", TestContext.Current.CancellationToken))!;

        Assert.Equal(0xE3069283u, metadata.Crc32C);
        Assert.Equal("JfnnlDI7RTiF9RgfG2JNCw==", stored.Content.Md5);
        Assert.Equal(9, metadata.Size);
        Assert.Equal(1, metadata.Metageneration);
        Assert.Equal("image/jpeg", metadata.ContentType);
        Assert.Equal(_folder.Time.GetUtcNow(), metadata.Created);
    }

    [Fact]
    public async Task UploadAsync_Conditions_AreChecked()
    {
        using var writer = await _folder.OpenAsync();
        var absent = new GenerationConditions(IfGenerationMatch: 0);
        var first = await writer.PutAsync("a", "1", absent);

        Assert.Equal(ObjectWriteError.ConditionNotMet, (await Assert.ThrowsAsync<ObjectWriteException>(() => writer.PutAsync("a", "2", absent))).Error);
        await writer.PutAsync("a", "3", new GenerationConditions(IfGenerationMatch: first.Version.Generation, IfMetagenerationMatch: 1));
        var stale = new GenerationConditions(IfGenerationMatch: first.Version.Generation);
        await Assert.ThrowsAsync<ObjectWriteException>(() => writer.PutAsync("a", "4", stale));
        await Assert.ThrowsAsync<ObjectWriteException>(
            () => writer.DeleteAsync(FolderFixture.Bucket, "a", null, stale, TestContext.Current.CancellationToken));

        Assert.Equal("3", await writer.ReadAsync((await writer.FindAsync("a"))!));
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
    }

    [Fact]
    public async Task UploadAsync_MoreBytesThanAllowed_LeavesNothing()
    {
        _folder.Options = _folder.Options with { MaxObjectBytes = 10 };
        using var writer = await _folder.OpenAsync();

        Assert.Equal(ObjectWriteError.TooLarge, (await Assert.ThrowsAsync<ObjectWriteException>(() => writer.PutAsync("a", "12345678901"))).Error);
        await AssertNothingAsync(writer, "a");
    }

    [Fact]
    public async Task UploadAsync_BodyBreaksOff_LeavesNothing()
    {
        using var writer = await _folder.OpenAsync();
        var body = new ScriptedStream(FolderFixture.Bytes("half"), ScriptedEnd.Fault);

        var failure = await Assert.ThrowsAsync<ObjectWriteException>(() => writer.UploadAsync(FolderFixture.Upload("a"), body, null, TestContext.Current.CancellationToken));

        Assert.Equal(ObjectWriteError.Interrupted, failure.Error);
        await AssertNothingAsync(writer, "a");
    }

    [Fact]
    public async Task UploadAsync_FewerBytesThanPromised_LeavesNothing()
    {
        using var writer = await _folder.OpenAsync();

        var failure = await Assert.ThrowsAsync<ObjectWriteException>(
            () => writer.UploadAsync(FolderFixture.Upload("a"), new MemoryStream([1, 2, 3]), 4, TestContext.Current.CancellationToken));

        Assert.Equal(ObjectWriteError.Interrupted, failure.Error);
        await AssertNothingAsync(writer, "a");
    }

    [Fact]
    public async Task UploadAsync_BodyStalls_IsGivenUp()
    {
        using var writer = await _folder.OpenAsync();
        var body = new ScriptedStream(FolderFixture.Bytes("half"), ScriptedEnd.Stall);
        var upload = writer.UploadAsync(FolderFixture.Upload("a"), body, null, TestContext.Current.CancellationToken);
        await body.Ended;
        while (!upload.IsCompleted)
        {
            ((FakeTimeProvider)_folder.Time).Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(ObjectWriteError.Interrupted, (await Assert.ThrowsAsync<ObjectWriteException>(() => upload)).Error);
        await AssertNothingAsync(writer, "a");
    }

    [Fact]
    public async Task UploadAsync_NoName_IsRefused()
    {
        using var writer = await _folder.OpenAsync();
        foreach (var name in (string[])[string.Empty, "\uD800", new string('x', 1025)])
        {
            Assert.Equal(ObjectWriteError.InvalidName, (await Assert.ThrowsAsync<ObjectWriteException>(() => writer.PutAsync(name, "x"))).Error);
        }
    }

    [Fact]
    public async Task UploadAsync_WayLeadsThroughASymbolicLink_IsNotFollowed()
    {
        using var writer = await _folder.OpenAsync();
        Directory.CreateDirectory(_folder.Outside);
        Directory.CreateSymbolicLink(_folder.FilePath("link"), _folder.Outside);

        var stored = await writer.PutAsync("link/cat.jpg", "cat");

        Assert.Empty(Directory.GetFiles(_folder.Outside));
        Assert.Equal("cat", await writer.ReadAsync(stored));
    }

    [Fact]
    public async Task UploadAsync_PlainNameIsASymbolicLink_TargetIsNotWritten()
    {
        using var writer = await _folder.OpenAsync();
        await File.WriteAllTextAsync(_folder.Outside, "secret", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_folder.FilePath("cat.jpg"), _folder.Outside);

        var stored = await writer.PutAsync("cat.jpg", "cat");

        Assert.Equal("secret", await File.ReadAllTextAsync(_folder.Outside, TestContext.Current.CancellationToken));
        Assert.Equal("cat", await writer.ReadAsync(stored));
    }

    [Fact]
    public async Task UploadAsync_ManyAtOnceToOneName_LastGenerationIsWhole()
    {
        using var writer = await _folder.OpenAsync();
        var uploads = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Task.Run(() => writer.PutAsync("a", $"content {index}"))));
        var last = uploads.MaxBy(stored => stored.Version.Generation)!;

        var live = (await writer.FindAsync("a"))!;

        Assert.Equal(last, live);
        Assert.StartsWith("content ", await writer.ReadAsync(live), StringComparison.Ordinal);
        Assert.Equal(39, (await writer.EventsAsync()).Count);
    }

    [Fact]
    public async Task OpenAsync_SecondOnTheSameFolder_IsRefusedWithTheReason()
    {
        var first = await _folder.OpenAsync();

        var failure = await Assert.ThrowsAsync<FolderInUseException>(_folder.OpenAsync);

        Assert.Contains("Stop it, or give this one another folder", failure.Message, StringComparison.Ordinal);
        first.Dispose();
        (await _folder.OpenAsync()).Dispose();
    }

    private static async Task AssertAllAsync(FolderObjectWriter writer)
    {
        foreach (var name in Names.All)
        {
            Assert.Equal("content of " + name, await writer.ReadAsync((await writer.FindAsync(name))!));
        }
    }

    private async Task AssertNothingAsync(FolderObjectWriter writer, string name)
    {
        Assert.Null(await writer.FindAsync(name));
        Assert.Empty(await writer.EventsAsync());
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));
        Assert.Empty(Directory.GetFiles(_folder.BucketPath));
    }
}
