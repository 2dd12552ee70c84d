using System.Net;
using System.Text.Json;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.EndToEnd.Tests;

/// <summary>The deployable as the platform starts it, on the embedded stores.</summary>
public sealed class WorkerProcessTests
{
    private const string Classify = "Pipeline.Functions.ClassifyUpload";
    private const string Forget = "Pipeline.Functions.ForgetUpload";
    private const string Name = "users/u1/coffee.jpg";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneUpload_DeliveredTwiceThenDeleted_OneResultThenATombstone()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        var generation = await world.Storage.UploadAsync(Name, await SampleAsync(), "image/jpeg", CancellationToken);
        await using var classify = await ServiceProcess.StartAsync(Classify, world.Settings(), CancellationToken);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(classify, "finalized", "e1", generation));
        var result = await world.ResultAsync(Name, CancellationToken);
        Assert.Equal(new DocumentValue.StringValue("espresso"), result.Fields!["label"]);
        Assert.Equal(new DocumentValue.StringValue("u1"), result.Fields["owner"]);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(classify, "finalized", "e1", generation));
        Assert.Equal(result.UpdateTime, (await world.ResultAsync(Name, CancellationToken)).UpdateTime);

        await world.Storage.DeleteAsync(Name, CancellationToken);
        await using var forget = await ServiceProcess.StartAsync(Forget, world.Settings(), CancellationToken);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(forget, "deleted", "e2", generation));
        var tombstone = await world.ResultAsync(Name, CancellationToken);
        Assert.Equal(new DocumentValue.StringValue("deleted"), tombstone.Fields!["status"]);
        Assert.False(tombstone.Fields.ContainsKey("label"));

        Assert.Equal(0, await classify.StopAsync(CancellationToken));
    }

    [Fact]
    public async Task Maintain_OfOneProcess_WarmsTheOther()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        var generation = await world.Storage.UploadAsync(Name, await SampleAsync(), "image/jpeg", CancellationToken);
        await using var classify = await ServiceProcess.StartAsync(Classify, world.Settings(("Hosting:LogLevel", "Debug")), CancellationToken);
        await using var maintain = await ServiceProcess.StartAsync(
            "Pipeline.Functions.Maintain", world.Settings(("WarmUp:Urls:0", classify.Address.AbsoluteUri)), CancellationToken);

        using var answer = await maintain.Http.PostAsync(maintain.Address, null, CancellationToken);
        var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(CancellationToken)).RootElement;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var warmUp = Assert.Single(report.GetProperty("warmUps").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, warmUp.GetProperty("error").ValueKind);
        Assert.Contains("was kept warm by one inference", classify.Output, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(classify, "finalized", "e1", generation));
        var result = await world.ResultAsync(Name, CancellationToken);
        Assert.Equal(new DocumentValue.BooleanValue(false), Assert.IsType<DocumentValue.MapValue>(result.Fields!["timings"]).Fields["cold"]);
    }

    [Fact]
    public async Task UnreadableObject_ThenReadable_RetriedByMaintain()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        var generation = await world.Storage.UploadAsync(Name, await SampleAsync(), "image/jpeg", CancellationToken);
        var file = Directory.EnumerateFiles(Path.Combine(world.Data, "buckets"), "coffee.jpg", SearchOption.AllDirectories).Single();
        var content = await File.ReadAllBytesAsync(file, CancellationToken);
        var written = File.GetLastWriteTimeUtc(file);
        await File.WriteAllBytesAsync(file, [.. content[..^1], (byte)~content[^1]], CancellationToken);
        File.SetLastWriteTimeUtc(file, written);
        await using var worker = await ServiceProcess.StartAsync(
            "Pipeline.Functions.Serve", world.Settings(("Retries:FirstDelay", "1s"), ("Retries:Jitter", "0")), CancellationToken);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(worker, "finalized", "e1", generation, "events/storage"));
        Assert.Equal("retrying", await world.StatusAsync(Name, CancellationToken));
        Assert.Equal(new DocumentValue.StringValue("due"), (await world.LetterAsync(Name, CancellationToken)).Fields!["state"]);

        await File.WriteAllBytesAsync(file, content, CancellationToken);
        File.SetLastWriteTimeUtc(file, written);
        var start = TimeProvider.System.GetTimestamp();
        while (await world.StatusAsync(Name, CancellationToken) != "classified" && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
        {
            using var answer = await worker.Http.PostAsync(new Uri(worker.Address, "maintain"), null, CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken);
        }

        Assert.Equal("classified", await world.StatusAsync(Name, CancellationToken));
        Assert.False((await world.LetterAsync(Name, CancellationToken)).Exists);
    }

    private static Task<byte[]> SampleAsync() => File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "coffee.jpg"), CancellationToken);

    private static async Task<HttpStatusCode> PostAsync(ServiceProcess service, string kind, string id, long generation, string path = "")
    {
        using var answer = await StorageEvents.PostAsync(service, path, kind, id, Name, generation, CancellationToken);
        return answer.StatusCode;
    }
}
