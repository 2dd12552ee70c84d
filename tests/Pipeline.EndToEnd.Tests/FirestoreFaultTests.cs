using System.Net;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Testing.Emulators;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.EndToEnd.Tests;

/// <summary>What an upload's event is answered, and what is in its document, when Firestore fails.</summary>
public sealed class FirestoreFaultTests
{
    private static readonly Dictionary<string, FirestoreDisturbance> Disturbances = new()
    {
        ["broken connections"] = FirestoreDisturbance.Break,
        ["silence"] = FirestoreDisturbance.Silence,
        ["permission denied"] = FirestoreDisturbance.Error(403, "PERMISSION_DENIED"),
        ["quota used up"] = FirestoreDisturbance.Error(429, "RESOURCE_EXHAUSTED"),
        ["unavailable"] = FirestoreDisturbance.Error(503, "UNAVAILABLE"),
        ["token refused"] = FirestoreDisturbance.Error(401, "UNAUTHENTICATED"),
        ["no such database"] = FirestoreDisturbance.Error(404, "NOT_FOUND"),
        ["datastore mode"] = FirestoreDisturbance.Error(400, "FAILED_PRECONDITION"),
    };

    /// <summary>However it fails, one delivery sends no more requests than these: the platform comes again, later.</summary>
    private const int MostRequests = 8;

    private readonly FirestoreEmulator _emulator;

    public FirestoreFaultTests(FirestoreEmulator emulator)
    {
        _emulator = emulator;
    }

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_FirestoreFails_IsAnswered503AndClassifiedWhenItIsBack()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        await using var firestore = await FirestoreWorld.CreateAsync(_emulator, CancellationToken);
        await using var worker = await StartAsync(world, firestore);
        foreach (var (what, disturbance) in Disturbances)
        {
            var name = $"users/u1/{what}.jpg";
            var generation = await UploadAsync(world, name);
            var sent = 0;
            firestore.Traffic.Disturbance = _ =>
            {
                Interlocked.Increment(ref sent);
                return disturbance;
            };

            using var failed = await PostAsync(worker, name, generation);
            Assert.InRange(sent, 1, MostRequests);

            Assert.True(failed.StatusCode == HttpStatusCode.ServiceUnavailable && failed.Headers.RetryAfter is not null, $"{what}: {failed}");
            Assert.False((await ResultAsync(firestore, name)).Exists, what);
            firestore.Traffic.Disturbance = _ => null;
            using var repeated = await PostAsync(worker, name, generation);
            Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
            Assert.Equal(new DocumentValue.StringValue("classified"), (await ResultAsync(firestore, name)).Fields!["status"]);
        }

        Assert.DoesNotContain("Bearer", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_EachCommitAnsweredTooLate_IsClassifiedOnce()
    {
        const string Name = "users/u1/late.jpg";
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        await using var firestore = await FirestoreWorld.CreateAsync(_emulator, CancellationToken);
        await using var worker = await StartAsync(world, firestore);
        var commits = 0;
        firestore.Traffic.Disturbance = method => method == "commit" && commits++ % 2 == 0 ? FirestoreDisturbance.AnsweredTooLate : null;
        var generation = await UploadAsync(world, Name);

        using var answer = await PostAsync(worker, Name, generation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["processing", "classified"], firestore.Traffic.Writes.Select(write => write.Status));
        Assert.Equal(4, commits);
        Assert.Equal(1L, (await ResultAsync(firestore, Name)).Fields!["attempts"]);
    }

    [Fact]
    public async Task Upload_FirestoreFailsBetweenClaimAndResult_IsClassifiedByTheNextDeliveryAfterTheLease()
    {
        const string Name = "users/u1/between.jpg";
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        await using var firestore = await FirestoreWorld.CreateAsync(_emulator, CancellationToken);
        await using var worker = await StartAsync(world, firestore, ("Lease", "5s"));
        var generation = await UploadAsync(world, Name);
        var commits = 0;
        firestore.Traffic.Disturbance = method => method == "commit" && commits++ == 0 ? null : FirestoreDisturbance.Error(503, "UNAVAILABLE");

        using var failed = await PostAsync(worker, Name, generation);

        Assert.True(failed.StatusCode == HttpStatusCode.ServiceUnavailable && failed.Headers.RetryAfter is not null, $"{failed}");
        firestore.Traffic.Disturbance = _ => null;
        Assert.Equal(new DocumentValue.StringValue("processing"), (await ResultAsync(firestore, Name)).Fields!["status"]);
        DocumentSnapshot result;
        while ((result = await ResultAsync(firestore, Name)).Fields!["status"] == new DocumentValue.StringValue("processing"))
        {
            using var again = await PostAsync(worker, Name, generation);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken);
        }

        Assert.Equal((new DocumentValue.StringValue("classified"), new DocumentValue.IntegerValue(2)), (result.Fields["status"], result.Fields["attempts"]));
        Assert.Equal(["processing", "processing", "classified"], firestore.Traffic.Writes.Select(write => write.Status).OfType<string>());
    }

    [Fact]
    public async Task Start_FirestoreFails_IsNotReadyUntilItIsBack()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        await using var firestore = await FirestoreWorld.CreateAsync(_emulator, CancellationToken);
        var refused = 0;
        firestore.Traffic.Disturbance = _ => refused++ < 2 ? FirestoreDisturbance.Error(404, "NOT_FOUND") : null;

        await using var worker = await ServiceProcess.StartAsync("Pipeline.Functions.ForgetUpload", world.Settings(firestore.Settings), CancellationToken);

        Assert.True(refused > 2, $"It was asked {refused} times.");
        Assert.Contains("NOT_FOUND: as the test says", worker.Output, StringComparison.Ordinal);
    }

    private static Task<ServiceProcess> StartAsync(EndToEndFixture world, FirestoreWorld firestore, params (string Key, string Value)[] others) => ServiceProcess.StartAsync(
        "Pipeline.Functions.ClassifyUpload",
        world.Settings([.. firestore.Settings, ("Firestore:RequestTimeout", "1s"), ("Firestore:TotalTimeout", "2s"), .. others]),
        CancellationToken);

    private static async Task<long> UploadAsync(EndToEndFixture world, string name) => await world.Storage.UploadAsync(
        name, await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "coffee.jpg"), CancellationToken), "image/jpeg", CancellationToken);

    private static Task<HttpResponseMessage> PostAsync(ServiceProcess worker, string name, long generation) =>
        StorageEvents.PostAsync(worker, string.Empty, "finalized", $"event-{Uri.EscapeDataString(name)}", name, generation, CancellationToken);

    private static async Task<DocumentSnapshot> ResultAsync(FirestoreWorld firestore, string name) =>
        (await firestore.Documents.GetAsync([new DocumentPath("classifications", DocumentIds.FromName(name))], CancellationToken)).Documents[0];
}
