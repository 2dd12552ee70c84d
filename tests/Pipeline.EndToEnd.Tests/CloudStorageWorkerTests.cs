using System.Net;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.EndToEnd.Tests;

/// <summary>The deployable with its objects in Cloud Storage, whose part the local endpoint plays.</summary>
public sealed class CloudStorageWorkerTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_ModelInTheBucket_IsCopiedAndClassifies()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        var model = Path.Combine(Programs.Checkout, "functions", "Pipeline.Functions", "model");
        foreach (var file in Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories))
        {
            var name = $"models/sample/1/{Path.GetRelativePath(model, file).Replace('\\', '/')}";
            await world.Storage.UploadAsync(name, await File.ReadAllBytesAsync(file, CancellationToken), "application/octet-stream", CancellationToken);
        }

        var settings = world.Settings(("Models:0:Name", "sample"), ("Models:0:Folder", "gs://uploads/models/sample"), ("Storage:EmulatorHost", world.Storage.Address.Authority));
        await using var service = await ServiceProcess.StartAsync("Pipeline.Functions.ClassifyUpload", settings, CancellationToken);
        var picture = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "coffee.jpg"), CancellationToken);
        var generation = await world.Storage.UploadAsync("users/u1/a.jpg", picture, "image/jpeg", CancellationToken);

        using var answer = await StorageEvents.PostAsync(service, string.Empty, "finalized", "event-1", "users/u1/a.jpg", generation, CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(new DocumentValue.StringValue("espresso"), (await world.ResultAsync("users/u1/a.jpg", CancellationToken)).Fields!["label"]);
    }

    [Fact]
    public async Task Upload_ObjectsBehindTheEndpoint_AreClassifiedAndForgotten()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);

        // What the endpoint has is in no folder that the worker knows of.
        var settings = world.Settings(("Embedded:Folder", Path.Combine(world.Data, "elsewhere")));
        var emulator = new Dictionary<string, string> { ["STORAGE_EMULATOR_HOST"] = world.Storage.Address.AbsoluteUri };
        await using var service = await ServiceProcess.StartAsync("Pipeline.Functions.Serve", settings, CancellationToken, emulator);
        var picture = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "coffee.jpg"), CancellationToken);
        const string name = "users/u1/a b%2F/../é.jpg";
        var first = await world.Storage.UploadAsync(name, picture, "image/jpeg", CancellationToken);
        var generation = await world.Storage.UploadAsync(name, picture, "image/jpeg", CancellationToken);

        using var late = await StorageEvents.PostAsync(service, "events/storage", "finalized", "event-1", name, first, CancellationToken);
        var result = await world.ResultAsync(name, CancellationToken);

        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.Equal(new DocumentValue.StringValue("espresso"), result.Fields!["label"]);
        Assert.Equal(new DocumentValue.IntegerValue(generation), result.Fields["generation"]);

        await world.Storage.DeleteAsync(name, CancellationToken);
        using var deleted = await StorageEvents.PostAsync(service, "events/storage", "deleted", "event-2", name, generation, CancellationToken);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal("deleted", await world.StatusAsync(name, CancellationToken));
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("Google.Cloud.Storage.V1.dll", await service.MappedFilesAsync(CancellationToken));
        }
    }
}
