using Pipeline.Firebase.Tests.Support;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.Tests.CloudStorage;

/// <summary>What each error of Cloud Storage's means to the caller, and how often it is asked for.</summary>
public sealed class CloudStorageErrorTests
{
    [Theory]
    [InlineData(400, "invalid", ObjectStoreError.PermissionDenied, 1)]
    [InlineData(400, "userProjectMissing", ObjectStoreError.PermissionDenied, 1)]
    [InlineData(401, "authError", ObjectStoreError.PermissionDenied, 1)]
    [InlineData(403, "forbidden", ObjectStoreError.PermissionDenied, 1)]
    [InlineData(405, "methodNotAllowed", ObjectStoreError.PermissionDenied, 1)]
    [InlineData(302, "found", ObjectStoreError.Unavailable, 3)]
    [InlineData(403, "rateLimitExceeded", ObjectStoreError.Unavailable, 3)]
    [InlineData(408, "requestTimeout", ObjectStoreError.Unavailable, 3)]
    [InlineData(429, "rateLimitExceeded", ObjectStoreError.Unavailable, 3)]
    [InlineData(500, "backendError", ObjectStoreError.Unavailable, 3)]
    [InlineData(502, "backendError", ObjectStoreError.Unavailable, 3)]
    [InlineData(503, "backendError", ObjectStoreError.Unavailable, 3)]
    [InlineData(504, "backendError", ObjectStoreError.Unavailable, 3)]
    public async Task Requests_EachStatus_HaveTheirClass(int status, string reason, ObjectStoreError expected, int requests)
    {
        await using var server = await ScriptedServer.StartAsync(context => ScriptedBucket.RefuseAsync(context, status, reason, "why\nso", isMedia: false));
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        var lookup = await Assert.ThrowsAsync<ObjectStoreException>(() => ScriptedObjects.FindAsync(store));
        Assert.Equal(requests, server.Requests.Count);
        var download = await Assert.ThrowsAsync<ObjectStoreException>(() => ScriptedObjects.ReadAsync(store));

        Assert.Equal((expected, expected, 2 * requests), (lookup.Error, download.Error, server.Requests.Count));
        Assert.EndsWith($"HTTP {status}: why so", lookup.Message, StringComparison.Ordinal);
        Assert.EndsWith($"HTTP {status}: why so", download.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "No such object: photos/users/u1/a.jpg", "no other is live")]
    [InlineData(412, "At least one of the pre-conditions you specified did not hold.", "another is live")]
    public async Task DownloadAsync_GenerationGone_TellsWhetherAnotherIsLive(int status, string message, string expected)
    {
        foreach (var isPlain in new[] { true, false })
        {
            await using var server = await ScriptedServer.StartAsync(context => ScriptedBucket.RefuseAsync(context, status, "notFound", message, isPlain));
            using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

            var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => ScriptedObjects.ReadAsync(store));

            Assert.Equal(ObjectStoreError.NotFound, failure.Error);
            Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
            Assert.Single(server.Requests);
        }
    }

    [Theory]
    [InlineData("The specified bucket does not exist.", false)]
    [InlineData("The specified bucket does not exist.", true)]
    [InlineData("<html>nginx: there is no such page</html>", true)]
    [InlineData("", true)]
    public async Task Requests_NotFoundThatSpeaksOfNoObject_AreTheConfigurationsFault(string message, bool isPlain)
    {
        await using var server = await ScriptedServer.StartAsync(context => ScriptedBucket.RefuseAsync(context, 404, "notFound", message, isPlain));
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        Assert.Equal(ObjectStoreError.PermissionDenied, await ScriptedObjects.FailToReadAsync(store));
        Assert.Equal(ObjectStoreError.PermissionDenied, (await Assert.ThrowsAsync<ObjectStoreException>(() => ScriptedObjects.FindAsync(store))).Error);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"generation":"x"}""")]
    [InlineData("""{"generation":"1","metageneration":"1","size":"1","crc32c":"AAAA","timeCreated":"2026-11-25T12:00:00Z","updated":"2026-11-25T12:00:00Z"}""")]
    [InlineData("""{"generation":"-1","metageneration":"1","size":"1","crc32c":"AAAAAA==","timeCreated":"2026-11-25T12:00:00Z","updated":"2026-11-25T12:00:00Z"}""")]
    [InlineData("""{"generation":"1","metageneration":"1","size":"18446744073709551615","crc32c":"AAAAAA==","timeCreated":"2026-11-25T12:00:00Z","updated":"2026-11-25T12:00:00Z"}""")]
    [InlineData("""{"generation":"1","metageneration":"1","size":"1","crc32c":"AAAAAA==","timeCreated":"noon","updated":"2026-11-25T12:00:00Z"}""")]
    public async Task FindLiveAsync_AnswerThatCannotBeUsed_IsUnavailable(string answer)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Answer(answer));
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        Assert.Equal(ObjectStoreError.Unavailable, (await Assert.ThrowsAsync<ObjectStoreException>(() => ScriptedObjects.FindAsync(store))).Error);
    }

    [Fact]
    public async Task FindLiveAsync_AnswerWithoutEnd_IsUnavailable()
    {
        var part = new byte[256 * 1024];
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
            }
        });
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        Assert.Equal(ObjectStoreError.Unavailable, (await Assert.ThrowsAsync<ObjectStoreException>(() => ScriptedObjects.FindAsync(store))).Error);
    }
}
