using System.Net;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Testing.Emulators;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.EndToEnd.Tests;

/// <summary>The deployable with its documents in Firestore, and what that costs.</summary>
public sealed class FirestoreWorkerTests
{
    private const int Rounds = 12;

    private static readonly string[] Flag = ["--firestore", "emulator"];

    private readonly FirestoreEmulator _emulator;

    public FirestoreWorkerTests(FirestoreEmulator emulator)
    {
        _emulator = emulator;
    }

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_NewName_CostsTwoWritesAndNoRead()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        await using var firestore = await FirestoreWorld.CreateAsync(_emulator, CancellationToken);
        await using var onFirestore = await ServiceProcess.StartAsync("Pipeline.Functions.ClassifyUpload", world.Settings(firestore.Settings), CancellationToken);
        await using var embedded = await ServiceProcess.StartAsync("Pipeline.Functions.ClassifyUpload", world.Settings(), CancellationToken);
        var picture = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "coffee.jpg"), CancellationToken);
        var (reads, times, embeddedTimes) = (firestore.Traffic.Reads, new List<double>(), new List<double>());

        for (var round = 0; round < Rounds; round++)
        {
            var name = $"users/u1/{round}.jpg";
            var generation = await world.Storage.UploadAsync(name, picture, "image/jpeg", CancellationToken);
            times.Add(await PostAsync(onFirestore, name, generation));
            embeddedTimes.Add(await PostAsync(embedded, name, generation));
        }

        Assert.Equal(2 * Rounds, firestore.Traffic.Writes.Count);
        Assert.Equal(reads, firestore.Traffic.Reads);
        var result = (await firestore.Documents.GetAsync([new DocumentPath("classifications", DocumentIds.FromName("users/u1/0.jpg"))], CancellationToken)).Documents[0];
        Assert.Equal(new DocumentValue.StringValue("espresso"), result.Fields!["label"]);
        Assert.Equal(new DocumentValue.StringValue("u1"), result.Fields["owner"]);
        TestContext.Current.TestOutputHelper?.WriteLine($"An upload takes {times.Min():0.0} ms with the emulator, {embeddedTimes.Min():0.0} ms with SQLite (least of {Rounds}).");
    }

    [Fact]
    public async Task Libraries_OfGoogleAndForRetries_AreLoadedOnlyWhereTheyAreNeeded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a process has mapped.");
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        await using var firestore = await FirestoreWorld.CreateAsync(_emulator, CancellationToken);
        await using var embedded = await ServiceProcess.StartAsync("Pipeline.Functions.ForgetUpload", world.Settings(), CancellationToken);
        await using var onFirestore = await ServiceProcess.StartAsync("Pipeline.Functions.ForgetUpload", world.Settings(firestore.Settings), CancellationToken);

        var (onDisk, overHttp) = (await embedded.MappedFilesAsync(CancellationToken), await onFirestore.MappedFilesAsync(CancellationToken));

        Assert.Contains("Pipeline.Hosting.dll", onDisk);
        Assert.Contains("Polly.Core.dll", overHttp);
        Assert.DoesNotContain("Polly.Core.dll", onDisk);
        Assert.DoesNotContain(onDisk.Concat(overHttp), name => name.StartsWith("Google.Apis", StringComparison.Ordinal) || name.StartsWith("Google.Cloud", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_OnTheEmulator_EndsWithEveryKnownLabelThere(bool byFlag)
    {
        await using var firestore = await FirestoreWorld.CreateAsync(_emulator, CancellationToken);
        var data = Directory.CreateTempSubdirectory("pipeline-").FullName;
        try
        {
            var project = firestore.Settings.Single(setting => setting.Key == "Firestore:Project").Value;
            var (exitCode, output, error) = await CommandProcess.RunAsync(
                [("FIRESTORE_EMULATOR_HOST", firestore.Traffic.Host), ("GOOGLE_CLOUD_PROJECT", project)],
                [
                    "run", "--once", "--samples", Programs.Samples, "--data", data, "--port", $"{FreePorts.Next()}", "--storage-port", $"{FreePorts.Next()}",
                    .. byFlag ? Flag : [],
                ]);

            Assert.True(exitCode == 0, output + error);
            Assert.Contains($"Firestore emulator at {firestore.Traffic.Host}, project {project}, database (default)", output, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(data, "documents.db")));
            var found = await firestore.Documents.QueryAsync(new DocumentQuery("classifications", [], null, false, 100), CancellationToken);
            Assert.NotEmpty(found.Documents);
            Assert.All(found.Documents, document => Assert.Equal(new DocumentValue.StringValue("classified"), document.Fields!["status"]));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Run_NoEmulator_SaysHowToStartOneAndExitsWith1()
    {
        var data = Directory.CreateTempSubdirectory("pipeline-").FullName;
        try
        {
            var host = $"127.0.0.1:{FreePorts.Next()}";
            var (exitCode, _, error) = await CommandProcess.RunAsync(
                [("FIRESTORE_EMULATOR_HOST", host)],
                "run", "--data", data, "--firestore", "emulator", "--port", $"{FreePorts.Next()}", "--storage-port", $"{FreePorts.Next()}");

            Assert.Equal(1, exitCode);
            Assert.Contains($"There is no Firestore emulator at {host}; scripts/emulators.sh start starts one.", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <returns>Milliseconds until the event is acknowledged.</returns>
    private static async Task<double> PostAsync(ServiceProcess service, string name, long generation)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var answer = await StorageEvents.PostAsync(service, string.Empty, "finalized", $"event-{name}", name, generation, CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
