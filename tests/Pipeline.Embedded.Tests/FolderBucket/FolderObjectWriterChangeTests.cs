using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.FolderBucket;

public sealed class FolderObjectWriterChangeTests : IDisposable
{
    private static readonly ObjectDescription Full = new("image/png", "identity", "public, max-age=60", "attachment; filename=\"a.png\"", "de")
    {
        Metadata = new CustomMetadata(new Dictionary<string, string> { ["owner"] = "ü😀\u0000\"", ["Owner"] = string.Empty }),
    };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly FolderFixture _folder;

    public FolderObjectWriterChangeTests()
    {
        _folder = new FolderFixture(_time);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UploadAsync_Description_IsKeptOverARestartAndStandsInTheEvent()
    {
        StoredObject stored;
        using (var writer = await _folder.OpenAsync())
        {
            stored = await PutAsync(writer, Full);
        }

        using var again = await _folder.OpenAsync();
        Assert.Equal(stored, await again.FindAsync("a"));
        Assert.Equal(Full, stored.Description);
        using var data = await EventDataAsync(again);
        Assert.Equal("public, max-age=60", data.RootElement.GetProperty("cacheControl").GetString());
        Assert.Equal("attachment; filename=\"a.png\"", data.RootElement.GetProperty("contentDisposition").GetString());
        Assert.Equal("de", data.RootElement.GetProperty("contentLanguage").GetString());
        Assert.Equal("ü😀\u0000\"", data.RootElement.GetProperty("metadata").GetProperty("owner").GetString());
        Assert.Equal(string.Empty, data.RootElement.GetProperty("metadata").GetProperty("Owner").GetString());
    }

    [Fact]
    public async Task UpdateAsync_Change_KeepsTheBytesAndRaisesTheMetageneration()
    {
        using var writer = await _folder.OpenAsync();
        var before = await PutAsync(writer, Full);
        _time.Advance(TimeSpan.FromSeconds(7));

        var after = await UpdateAsync(
            writer, description => description with { ContentLanguage = null, Metadata = description.Metadata.Merge([new("owner", null), new("b", "c")]) });

        Assert.Equal(before.Version, after.Version);
        Assert.Equal(2, after.Metageneration);
        Assert.Equal(before.Updated.AddSeconds(7), after.Updated);
        Assert.Equal(before.Created, after.Created);
        Assert.Null(after.Description.ContentLanguage);
        Assert.Equal(["Owner", "b"], after.Description.Metadata.Entries.Keys);
        Assert.Equal(after, await writer.FindAsync("a"));
        Assert.Equal("content", await writer.ReadAsync(after));
        Assert.Single(await writer.EventsAsync());
    }

    [Fact]
    public async Task UpdateAsync_ConditionGenerationOrNameWrong_ChangesNothing()
    {
        using var writer = await _folder.OpenAsync();
        var before = await PutAsync(writer, Full);
        var other = before.Version.Generation + 1;

        Assert.Equal(ObjectWriteError.ConditionNotMet, await FailAsync("a", null, new GenerationConditions(IfMetagenerationMatch: 2)));
        Assert.Equal(ObjectWriteError.ConditionNotMet, await FailAsync("a", null, new GenerationConditions(IfGenerationNotMatch: before.Version.Generation)));
        Assert.Equal(ObjectWriteError.NotFound, await FailAsync("a", other, GenerationConditions.None));
        Assert.Equal(ObjectWriteError.NotFound, await FailAsync("b", null, GenerationConditions.None));
        Assert.Equal(ObjectWriteError.InvalidName, await FailAsync(string.Empty, null, GenerationConditions.None));
        Assert.Equal(before, await writer.FindAsync("a"));

        async Task<ObjectWriteError> FailAsync(string name, long? generation, GenerationConditions conditions) =>
            (await Assert.ThrowsAsync<ObjectWriteException>(() => writer.UpdateAsync(
                FolderFixture.Bucket, name, generation, conditions, static _ => ObjectDescription.Empty, TestContext.Current.CancellationToken))).Error;
    }

    [Fact]
    public async Task UpdateAsync_TextsAtTheirLimits_AreTakenAndOneMoreIsRefused()
    {
        using var writer = await _folder.OpenAsync();
        await PutAsync(writer, Full);
        var longest = new ObjectDescription(CacheControl: new string('x', ObjectDescription.MaxTextLength))
        {
            Metadata = new CustomMetadata(new Dictionary<string, string> { ["k"] = new string('é', (CustomMetadata.MaxBytes - 2) / 2) + "x" }),
        };

        Assert.Equal(longest, (await UpdateAsync(writer, _ => longest)).Description);
        await AssertRefusedAsync(longest with { CacheControl = longest.CacheControl + "x" }, "1025");
        await AssertRefusedAsync(longest with { Metadata = longest.Metadata.Merge([new("l", string.Empty)]) }, "8193");
        await AssertRefusedAsync(new ObjectDescription(ContentDisposition: "a\r\nb"), "contentDisposition");
        await AssertRefusedAsync(new ObjectDescription { Metadata = CustomMetadata.Empty.Merge([new("\uD800", "x")]) }, "Unicode");
        await AssertRefusedAsync(new ObjectDescription { Metadata = CustomMetadata.Empty.Merge([new(string.Empty, "x")]) }, "empty");
        Assert.Equal(longest, (await writer.FindAsync("a"))!.Description);

        async Task AssertRefusedAsync(ObjectDescription description, string word)
        {
            var failure = await Assert.ThrowsAsync<ObjectWriteException>(() => UpdateAsync(writer, _ => description));
            Assert.Equal(ObjectWriteError.InvalidDescription, failure.Error);
            Assert.Contains(word, failure.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<ObjectWriteException>(() => PutAsync(writer, description));
        }
    }

    [Fact]
    public async Task CopyAsync_OtherName_IsAnObjectOfItsOwnWithAnEvent()
    {
        using var writer = await _folder.OpenAsync();
        var source = await PutAsync(writer, Full);

        var copy = await writer.CopyAsync(source, FolderFixture.Upload("../odd/name") with { Description = source.Description }, TestContext.Current.CancellationToken);
        var onItself = await writer.CopyAsync(source, FolderFixture.Upload("a"), TestContext.Current.CancellationToken);

        Assert.Equal("content", await writer.ReadAsync(copy));
        Assert.Equal(source.Content, copy.Content);
        Assert.Equal(Full, copy.Description);
        Assert.Equal("content", await writer.ReadAsync(onItself));
        Assert.Equal(
            [
                $"finalized a#{source.Version.Generation}",
                $"finalized ../odd/name#{copy.Version.Generation}",
                $"finalized a#{onItself.Version.Generation}",
                $"deleted a#{source.Version.Generation}",
            ],
            await writer.EventsAsync());
    }

    [Fact]
    public async Task CopyAsync_SourceReplacedMeanwhile_IsNotFound()
    {
        using var writer = await _folder.OpenAsync();
        var source = await PutAsync(writer, Full);
        await writer.PutAsync("a", "other content");

        var failure = await Assert.ThrowsAsync<ObjectWriteException>(
            () => writer.CopyAsync(source, FolderFixture.Upload("b"), TestContext.Current.CancellationToken));

        Assert.Equal(ObjectWriteError.NotFound, failure.Error);
        Assert.Null(await writer.FindAsync("b"));
    }

    private static Task<StoredObject> PutAsync(FolderObjectWriter writer, ObjectDescription description) => writer.UploadAsync(
        FolderFixture.Upload("a") with { Description = description },
        new MemoryStream(FolderFixture.Bytes("content")),
        null,
        TestContext.Current.CancellationToken);

    private static Task<StoredObject> UpdateAsync(FolderObjectWriter writer, Func<ObjectDescription, ObjectDescription> change) =>
        writer.UpdateAsync(FolderFixture.Bucket, "a", null, GenerationConditions.None, change, TestContext.Current.CancellationToken);

    private static async Task<JsonDocument> EventDataAsync(FolderObjectWriter writer)
    {
        var stored = Assert.Single(await writer.Catalog.ReadAsync(
            connection => EventTables.Due(connection, DateTimeOffset.UnixEpoch.AddYears(1000), 10), TestContext.Current.CancellationToken));
        return JsonDocument.Parse(stored.Data);
    }
}
