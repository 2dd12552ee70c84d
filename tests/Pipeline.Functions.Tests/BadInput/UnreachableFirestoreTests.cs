using System.Net;
using Pipeline.Functions.Tests.Support;

namespace Pipeline.Functions.Tests.BadInput;

/// <summary>A Firestore that has never answered: the process lives and says that it is not ready, and whoever comes is told to come again.</summary>
public sealed class UnreachableFirestoreTests
{
    private const string Name = "users/u1/a.jpg";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_NobodyListens_Are503OfAnyKind()
    {
        await using var function = await RunningFunction.StartAsync<Serve>(new()
        {
            ["Pipeline:Firestore:EmulatorHost"] = $"127.0.0.1:{FunctionProcess.FreePort()}",
            ["Pipeline:Firestore:RetryDelay"] = "10ms",
            ["Pipeline:Hosting:LogLevel"] = "None",
        });
        const string Push = """{"message":{"messageId":"m1","data":"aGVsbG8="},"subscription":"projects/p/subscriptions/s"}""";

        using var upload = await function.SendFinalizedAsync(Name, 1, "/events/storage");
        using var unusable = await function.SendEventAsync("google.cloud.storage.object.v1.finalized", "{", "/events/storage", "event-2");
        using var deleted = await function.SendEventAsync("google.cloud.storage.object.v1.deleted", RunningFunction.Data(Name, 1), "/events/storage", "event-3");
        using var given = await function.Client.PostAsync("/events/dead-letters", new StringContent(Push, System.Text.Encoding.UTF8, "application/json"), Cancellation);

        Assert.All([upload, unusable, deleted, given], Outcome.AssertComeAgain);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(function, "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(function, "/health/live"));
        using var sweep = await function.Client.PostAsync("/maintain", null, Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, sweep.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningFunction function, string path)
    {
        using var response = await function.Client.GetAsync(path, Cancellation);
        return response.StatusCode;
    }
}
