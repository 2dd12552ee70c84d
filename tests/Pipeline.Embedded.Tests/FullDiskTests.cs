using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests;

public sealed class FullDiskTests
{
    [Fact]
    public async Task CommitAsync_DiskFull_IsResourceExhaustedAndGoesOnWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount(kibibytes: 1024);
        using var store = SqliteDocumentStore.Open(new SqliteDocumentStoreOptions(disk["documents.db"]), TimeProvider.System);
        await store.CommitAsync(Documents.Set("c/a", DocumentPrecondition.None, ("n", 1L)));
        await FillAsync(disk["ballast"]);

        var failure = await Assert.ThrowsAsync<DocumentStoreException>(
            () => store.CommitAsync(Documents.Set("c/b", DocumentPrecondition.None, ("text", new string('x', 100_000)))));

        Assert.Equal(DocumentStoreError.ResourceExhausted, failure.Error);
        Assert.True((await store.GetAsync("c/a")).Exists);
        Assert.False((await store.GetAsync("c/b")).Exists);
        File.Delete(disk["ballast"]);
        await store.CommitAsync(Documents.Set("c/b", DocumentPrecondition.None, ("n", 2L)));
        Assert.Null(await store.FindDamageAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Upload_DiskFull_IsRefusedLeavesNothingAndGoesOnWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount(kibibytes: 2048);
        var options = new FolderBucketOptions(disk["root"], [FolderFixture.Bucket]);
        using var writer = await FolderObjectWriter.OpenAsync(
            options, TimeProvider.System, NullLogger<FolderObjectWriter>.Instance, TestContext.Current.CancellationToken);
        await using var endpoint = await EndpointFixture.StartAsync(writer);

        using var refused = await endpoint.UploadAsync("large.jpg", new string('x', 3_000_000));

        Assert.Equal(HttpStatusCode.InsufficientStorage, refused.StatusCode);
        Assert.Empty(Directory.GetFiles(disk["root/.pipeline/objects/photos"]));
        using var taken = await endpoint.UploadAsync("small.jpg", "x");
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Single(await writer.EventsAsync());
    }

    [Fact]
    public async Task UploadInPieces_DiskFull_KeepsWhatFitsAndGoesOnWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount(kibibytes: 4096);
        var options = new FolderBucketOptions(disk["root"], [FolderFixture.Bucket]);
        using var writer = await FolderObjectWriter.OpenAsync(
            options, TimeProvider.System, NullLogger<FolderObjectWriter>.Instance, TestContext.Current.CancellationToken);
        var content = RandomNumberGenerator.GetBytes(2_000_000);
        var session = await writer.Sessions.StartAsync(FolderFixture.Upload("large.jpg"), content.Length, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(disk["ballast"], new byte[1_500_000], TestContext.Current.CancellationToken);
        await AppendAsync(content[..500_000], 0);
        await FillAsync(disk["more ballast"]);

        var failure = await Assert.ThrowsAsync<ObjectWriteException>(() => AppendAsync(content[500_000..], 500_000));
        Assert.Equal(ObjectWriteError.Full, failure.Error);
        Assert.Null(await writer.FindAsync("large.jpg"));

        File.Delete(disk["ballast"]);
        File.Delete(disk["more ballast"]);
        var there = (int)(await writer.Sessions.AppendAsync(session, UploadChunk.Nothing, Stream.Null, TestContext.Current.CancellationToken)).Received;
        Assert.InRange(there, 500_000, content.Length - 1);
        var stored = (await AppendAsync(content[there..], there)).Object!;
        Assert.Equal(content, (await writer.Objects.DownloadAsync(stored.Version, content.Length, TestContext.Current.CancellationToken)).ToArray());
        Assert.Single(await writer.EventsAsync());

        Task<UploadProgress> AppendAsync(byte[] piece, long offset) => writer.Sessions.AppendAsync(
            session, new UploadChunk(offset, piece.Length, content.Length, false), new MemoryStream(piece), TestContext.Current.CancellationToken);
    }

    private static async Task FillAsync(string path)
    {
        await using var file = File.Create(path, bufferSize: 1);
        try
        {
            while (true)
            {
                await file.WriteAsync(new byte[512], TestContext.Current.CancellationToken);
            }
        }
        catch (IOException)
        {
            // It is full now.
        }
    }
}
