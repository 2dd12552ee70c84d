using System.Net;
using Microsoft.AspNetCore.Http;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.EndToEnd.Tests;

/// <summary>What is in the result and in the dead letter of an upload that Cloud Storage does not give, and that both heal.</summary>
public sealed class CloudStorageFaultTests
{
    private static readonly (string What, Func<HttpContext, Task> Answer, string Code, int Attempts)[] Faults =
    [
        ("down", StorageTraffic.Error(503, "backendError", "Backend Error"), "OBJECT_UNAVAILABLE", 1),
        ("too many", StorageTraffic.Error(429, "rateLimitExceeded", "slow down"), "OBJECT_UNAVAILABLE", 1),
        ("too many of a user", StorageTraffic.Error(403, "userRateLimitExceeded", "slow down"), "OBJECT_UNAVAILABLE", 1),
        ("broken", FirestoreDisturbance.Break.AnswerAsync, "OBJECT_UNAVAILABLE", 1),
        ("silent", FirestoreDisturbance.Silence.AnswerAsync, "OBJECT_UNAVAILABLE", 1),
        ("other bytes", OtherBytes, "CHECKSUM_MISMATCH", 1),

        // The operator's to mend: no attempt is spent.
        ("token refused", StorageTraffic.Error(401, "authError", "Invalid Credentials"), "OBJECT_DENIED", 0),
        ("forbidden", StorageTraffic.Error(403, "forbidden", "no storage.objects.get"), "OBJECT_DENIED", 0),
        ("no bucket", StorageTraffic.Error(404, "notFound", "The specified bucket does not exist."), "OBJECT_DENIED", 0),
    ];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_StorageFails_WaitsAsItsCodeSaysAndIsClassifiedWhenItIsBack()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        await using var traffic = await StorageTraffic.StartAsync(world.Storage.Address, CancellationToken);
        var settings = world.Settings(
            ("Storage:EmulatorHost", traffic.Host),
            ("Storage:RequestTimeout", "3s"),
            ("Storage:TotalTimeout", "3s"),
            ("Storage:RetryDelay", "10ms"),
            ("Retries:FirstDelay", "500ms"),
            ("Retries:ConfigurationDelay", "500ms"));
        await using var worker = await ServiceProcess.StartAsync("Pipeline.Functions.Serve", settings, CancellationToken);
        var picture = await File.ReadAllBytesAsync(Path.Combine(Programs.Samples, "coffee.jpg"), CancellationToken);
        foreach (var (what, answer, code, attempts) in Faults)
        {
            var name = $"users/u1/{what}.jpg";
            var generation = await world.Storage.UploadAsync(name, picture, "image/jpeg", CancellationToken);
            traffic.Answer = answer;

            using var acknowledged = await StorageEvents.PostAsync(worker, "events/storage", "finalized", "e1", name, generation, CancellationToken);

            traffic.Answer = null;
            Assert.Equal((what, HttpStatusCode.OK), (what, acknowledged.StatusCode));
            var result = (await world.ResultAsync(name, CancellationToken)).Fields!;
            Assert.Equal(
                (what, new DocumentValue.StringValue("retrying"), new DocumentValue.StringValue(code), new DocumentValue.IntegerValue(attempts)),
                (what, result["status"], Assert.IsType<DocumentValue.MapValue>(result["error"]).Fields["code"], result["attempts"]));
            Assert.Equal(new DocumentValue.StringValue("due"), (await world.LetterAsync(name, CancellationToken)).Fields!["state"]);
            await SweepUntilClassifiedAsync(world, worker, name);
            Assert.Equal(new DocumentValue.IntegerValue(attempts + 1), (await world.ResultAsync(name, CancellationToken)).Fields!["attempts"]);
            Assert.False((await world.LetterAsync(name, CancellationToken)).Exists);
        }

        Assert.DoesNotContain("Bearer", worker.Output, StringComparison.Ordinal);
    }

    private static async Task SweepUntilClassifiedAsync(EndToEndFixture world, ServiceProcess worker, string name)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (await world.StatusAsync(name, CancellationToken) != "classified")
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(1), $"{name}: the sweeps change nothing.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken);
            using var swept = await worker.Http.PostAsync(new Uri(worker.Address, "maintain"), null, CancellationToken);
            Assert.Equal(HttpStatusCode.OK, swept.StatusCode);
        }
    }

    /// <summary>Bytes whose checksum is another than the one beside them.</summary>
    private static async Task OtherBytes(HttpContext context)
    {
        context.Response.Headers["x-goog-hash"] = "crc32c=AAAAAA==";
        context.Response.Headers["x-goog-generation"] = context.Request.Query["ifGenerationMatch"];
        await context.Response.Body.WriteAsync("other"u8.ToArray(), context.RequestAborted);
    }
}
