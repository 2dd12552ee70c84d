using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Functions.Tests.BadInput;

/// <summary>Where nothing can be recorded, nothing is acknowledged.</summary>
public sealed class UnwritableStoreTests
{
    private const string Name = "users/u1/a.jpg";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_DatabaseLocked_Is503UntilItIsFree(bool isOpenBefore)
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>(new() { ["Pipeline:Embedded:BusyTimeout"] = "100ms" });
        var generation = await function.PutAsync(Name);
        if (isOpenBefore)
        {
            _ = await function.ResultAsync(Name);
        }

        await using (var other = new SqliteConnection($"Data Source={function.DatabasePath};Pooling=False"))
        {
            await other.OpenAsync(Cancellation);
            await using var transaction = other.BeginTransaction(deferred: false);

            using var locked = await function.SendFinalizedAsync(Name, generation);
            using var unusable = await function.SendEventAsync("google.cloud.storage.object.v1.finalized", "{", id: "event-2");

            Outcome.AssertComeAgain(locked);
            Outcome.AssertComeAgain(unusable);
        }

        Assert.Null(await function.ResultAsync(Name));
        Assert.Empty(await function.LettersAsync());
        using var free = await function.SendFinalizedAsync(Name, generation);
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
        Assert.Equal("classified", (await function.ResultAsync(Name))!["status"]);
    }

    [Fact]
    public async Task Upload_DiskFull_Is503UntilThereIsRoom()
    {
        Assert.SkipUnless(FunctionProcess.HasSmallDisks(), "A small disk needs Linux, unshare and user namespaces.");
        var (disk, files, copy, port) = (RunningFunction.NewFolder(), RunningFunction.NewFolder(), RunningFunction.NewFolder(), FunctionProcess.FreePort());
        using var process = FunctionProcess.StartOnSmallDisk(
            "Pipeline.Functions.Serve",
            port,
            disk,
            "2m",
            ("Pipeline__Embedded__Documents", Path.Combine(disk, "documents.db")),
            ("Pipeline__Embedded__Folder", files));
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            _ = process.StandardOutput.ReadToEndAsync(Cancellation);
            await FunctionProcess.UntilAsync("/health/ready", port, process);
            await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(files, "uploads")).FullName, "a.jpg"), Outcome.Sample("camera.jpg"), Cancellation);
            var mounted = $"/proc/{process.Id}/root{disk}";
            Fill(Path.Combine(mounted, "filler"));

            using var full = await SendAsync(client);
            Outcome.AssertComeAgain(full);
            File.Delete(Path.Combine(mounted, "filler"));
            using var free = await SendAsync(client);

            Assert.Equal(HttpStatusCode.OK, free.StatusCode);
            Assert.Equal("classified", await StatusAsync(mounted, copy));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(files, recursive: true);
            Directory.Delete(disk, recursive: true);
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>Writes until the disk takes nothing more.</summary>
    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full, as it is to be.
        }
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/events/storage")
        {
            Content = new StringContent("""{"bucket":"uploads","name":"a.jpg","generation":"1"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", "event-1");
        request.Headers.Add("ce-type", "google.cloud.storage.object.v1.finalized");
        request.Headers.Add("ce-source", "//storage.googleapis.com/projects/_/buckets/uploads");
        return client.SendAsync(request, Cancellation);
    }

    /// <summary>What the result says: read from a copy, because the disk is seen by its own process only.</summary>
    private static async Task<string?> StatusAsync(string mounted, string copy)
    {
        foreach (var file in (string[])["documents.db", "documents.db-wal"])
        {
            File.Copy(Path.Combine(mounted, file), Path.Combine(copy, file));
        }

        using var store = SqliteDocumentStore.Open(new SqliteDocumentStoreOptions(Path.Combine(copy, "documents.db")), TimeProvider.System);
        var read = await store.GetAsync([new DocumentPath("classifications", "a.jpg")], Cancellation);
        return (read.Documents[0].Fields?["status"] as DocumentValue.StringValue)?.Value;
    }
}
