using System.Net;
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
