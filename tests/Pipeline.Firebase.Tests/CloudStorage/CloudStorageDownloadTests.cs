using Microsoft.AspNetCore.Http;
using Pipeline.Firebase.Tests.Support;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.Tests.CloudStorage;

/// <summary>Bytes that come wrong, late, cut off, or too many.</summary>
public sealed class CloudStorageDownloadTests
{
    private const string Metadata =
        """{"generation":"1700000000000001","metageneration":"1","size":"9","crc32c":"4waSgw==","timeCreated":"2026-11-25T12:00:00Z","updated":"2026-11-25T12:00:00Z"}""";

    [Fact]
    public async Task DownloadAsync_WrongBytes_AreAskedForAgainAndThenAChecksumMismatch()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedObjects.Media("12345678x"u8.ToArray()));
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => ScriptedObjects.ReadAsync(store));

        Assert.Equal((ObjectStoreError.ChecksumMismatch, 3), (failure.Error, server.Requests.Count));
        Assert.Contains("e3069283", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DownloadAsync_FaultThatPasses_IsNotSeen()
    {
        foreach (var fault in new[]
        {
            ScriptedServer.Answer("no", 503),
            ScriptedServer.Break(),
            ScriptedObjects.Media("12345678x"u8.ToArray()),
            CutOff,
            ScriptedObjects.Media("1234"u8.ToArray()),
        })
        {
            await using var server = await ScriptedServer.StartAsync(fault, ScriptedObjects.Media());
            using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

            Assert.Equal("123456789"u8.ToArray(), (await ScriptedObjects.ReadAsync(store)).ToArray());
            Assert.Equal(2, server.Requests.Count);
        }
    }

    [Fact]
    public async Task DownloadAsync_CutOffEachTime_IsUnavailable()
    {
        await using var server = await ScriptedServer.StartAsync(CutOff);
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        Assert.Equal(ObjectStoreError.Unavailable, await ScriptedObjects.FailToReadAsync(store));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task DownloadAsync_LengthThatIsTooLarge_IsRefusedBeforeABodyComes()
    {
        foreach (var announce in new Action<HttpResponse>[]
        {
            static response => response.ContentLength = 1L << 40,
            static response => response.Headers["x-goog-stored-content-length"] = $"{1L << 40}",
        })
        {
            await using var server = await ScriptedServer.StartAsync(async context =>
            {
                announce(context.Response);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await ScriptedServer.Silence(context);
            });
            using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

            Assert.Equal(ObjectStoreError.TooLarge, await ScriptedObjects.FailToReadAsync(store));
            Assert.Single(server.Requests);
        }
    }

    [Fact]
    public async Task DownloadAsync_BodyWithoutLengthAndEnd_IsRefusedAtTheLimit()
    {
        var part = new byte[64 * 1024];
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
            }
        });
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        Assert.Equal(ObjectStoreError.TooLarge, await ScriptedObjects.FailToReadAsync(store, maxBytes: 1_000_000));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task DownloadAsync_NoChecksumWithTheBytes_IsTakenFromTheMetadata()
    {
        foreach (var headers in new Action<IHeaderDictionary>[] { static headers => headers.Remove("x-goog-hash"), static headers => headers["x-goog-hash"] = "md5=1B2M2Y8AsgTpgAmY7PhCfg==" })
        {
            await using var server = await ScriptedServer.StartAsync(ScriptedObjects.Media(change: headers), ScriptedServer.Answer(Metadata));
            using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

            Assert.Equal(9, (await ScriptedObjects.ReadAsync(store)).Length);
            Assert.Contains("ifGenerationMatch=1700000000000001", server.Requests[1].Target, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task DownloadAsync_AnswerOfAnotherGeneration_IsNotTakenForTheOneAskedFor()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedObjects.Media(change: static headers => headers["x-goog-generation"] = "1700000000000002"));
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        Assert.Equal(ObjectStoreError.NotFound, await ScriptedObjects.FailToReadAsync(store));
    }

    [Fact]
    public async Task DownloadAsync_StalledAfterSomeBytes_EndsInTime()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedObjects.Media(), async context =>
        {
            await ScriptedObjects.Media("1234"u8.ToArray(), declaredLength: 9)(context);
            await ScriptedServer.Silence(context);
        });
        var options = ScriptedObjects.Options(server.Address);
        using (var first = ScriptedObjects.Create(options))
        {
            await ScriptedObjects.ReadAsync(first);
        }

        using var store = ScriptedObjects.Create(options with { RequestTimeout = TimeSpan.FromMilliseconds(300) });
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => ScriptedObjects.ReadAsync(store));

        Assert.Equal((ObjectStoreError.Unavailable, 4), (failure.Error, server.Requests.Count));
        Assert.Contains("no answer within 0.3 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DownloadAsync_GivenUpInTheMiddle_EndsAsCancelled()
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            await ScriptedObjects.Media("1234"u8.ToArray(), declaredLength: 9)(context);
            await given.CancelAsync();
            await ScriptedServer.Silence(context);
        });
        using var store = ScriptedObjects.Create(ScriptedObjects.Options(server.Address));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.DownloadAsync(ScriptedObjects.Version, 100, given.Token));
        Assert.Single(server.Requests);
    }

    private static async Task CutOff(HttpContext context)
    {
        await ScriptedObjects.Media("1234"u8.ToArray(), declaredLength: 9)(context);
        context.Abort();
    }
}
