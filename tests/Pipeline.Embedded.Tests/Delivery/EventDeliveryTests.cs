using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Embedded.Delivery;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Delivery;

public sealed class EventDeliveryTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly FolderFixture _folder;

    public EventDeliveryTests()
    {
        _folder = new FolderFixture(_time);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_Upload_IsPostedAsThePlatformDoes()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("users/ü 1/cat.jpg", "123456789");
        var worker = new ScriptedHandler(HttpStatusCode.OK);
        await using (Run(writer, worker))
        {
            await EmptyAsync(writer);
        }

        var request = Assert.Single(worker.Received);
        Assert.Equal("http://worker/events/storage", request.Target.ToString());
        Assert.Equal("1.0", request.Headers["ce-specversion"]);
        Assert.Equal("google.cloud.storage.object.v1.finalized", request.Headers["ce-type"]);
        Assert.Equal("//storage.googleapis.com/projects/_/buckets/photos", request.Headers["ce-source"]);
        Assert.Equal("objects/users/%C3%BC%201/cat.jpg", request.Headers["ce-subject"]);
        Assert.Equal("photos", request.Headers["ce-bucket"]);
        Assert.Equal("2026-01-02T03:04:05.000000Z", request.Headers["ce-time"]);
        Assert.NotEmpty(request.Headers["ce-id"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        using var data = JsonDocument.Parse(request.Body);
        var expected = new Dictionary<string, string?>
        {
            ["name"] = "users/ü 1/cat.jpg",
            ["bucket"] = "photos",
            ["generation"] = $"{stored.Version.Generation}",
            ["metageneration"] = "1",
            ["size"] = "9",
            ["crc32c"] = "4waSgw==",
            ["md5Hash"] = "JfnnlDI7RTiF9RgfG2JNCw==",
            ["contentType"] = "image/jpeg",
            ["timeCreated"] = "2026-01-02T03:04:05.000Z",
            ["id"] = $"photos/users/ü 1/cat.jpg/{stored.Version.Generation}",
            ["kind"] = "storage#object",
            ["mediaLink"] = $"https://www.googleapis.com/download/storage/v1/b/photos/o/users%2F%C3%BC%201%2Fcat.jpg?generation={stored.Version.Generation}&alt=media",
        };
        Assert.Equal(expected, expected.Keys.ToDictionary(name => name, name => data.RootElement.GetProperty(name).GetString()));
    }

    [Fact]
    public async Task RunAsync_Deletion_SaysWhenAndWhichGeneration()
    {
        using var writer = await _folder.OpenAsync();
        var stored = await writer.PutAsync("a", "x");
        _time.Advance(TimeSpan.FromMinutes(1));
        await writer.DeleteAsync("a");
        var worker = new ScriptedHandler(HttpStatusCode.OK);
        await using (Run(writer, worker))
        {
            await EmptyAsync(writer);
        }

        var request = Assert.Single(worker.Received, request => request.Headers["ce-type"] == "google.cloud.storage.object.v1.deleted");
        using var data = JsonDocument.Parse(request.Body);
        Assert.Equal("2026-01-02T03:05:05.000Z", data.RootElement.GetProperty("timeDeleted").GetString());
        Assert.Equal($"{stored.Version.Generation}", data.RootElement.GetProperty("generation").GetString());
    }

    [Fact]
    public async Task RunAsync_WorkerAnswers503Twice_SameEventIsSentAfterGrowingWaits()
    {
        using var writer = await _folder.OpenAsync();
        await writer.PutAsync("a", "x");
        var times = new List<TimeSpan>();
        var worker = new ScriptedHandler((_, _) =>
        {
            times.Add(_time.GetUtcNow() - Start);
            return Task.FromResult(times.Count < 3 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NoContent);
        });
        await using (Run(writer, worker))
        {
            await EmptyAsync(writer, advance: TimeSpan.FromSeconds(1));
        }

        Assert.Single(worker.Received.Select(request => request.Headers["ce-id"]).Distinct());
        Assert.Equal([0, 10, 30], times.Select(time => Math.Round(time.TotalSeconds)), (expected, actual) => actual - expected is >= 0 and <= 3);
    }

    [Fact]
    public async Task RunAsync_NeverAcknowledged_IsGivenUpAfterTheRetentionAndKept()
    {
        using var writer = await _folder.OpenAsync();
        await writer.PutAsync("a", "x");
        var worker = new ScriptedHandler(HttpStatusCode.InternalServerError);
        await using (Run(writer, worker))
        {
            await CountAsync(writer, counts => counts == (0, 1), advance: TimeSpan.FromMinutes(10));
        }

        var given = _time.GetUtcNow() - Start;
        var dead = Assert.Single(await writer.Catalog.ReadAsync(connection => EventTables.Dead(connection, 10), TestContext.Current.CancellationToken));
        Assert.InRange(given, TimeSpan.FromHours(23.5), TimeSpan.FromHours(24.5));
        Assert.Equal(worker.Received.Count, dead.Attempts);
        Assert.InRange(dead.Attempts, 50, 151);
        Assert.Contains("500", dead.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RedeliverAsync_GivenUpEvent_IsDeliveredByTheProcessThatDelivers()
    {
        using var writer = await _folder.OpenAsync();
        await writer.PutAsync("a", "x");
        await writer.PutAsync("b", "x");
        var worker = new ScriptedHandler(async (request, _) =>
        {
            await Task.CompletedTask;
            return _time.GetUtcNow() - Start < TimeSpan.FromHours(30) ? HttpStatusCode.InternalServerError : HttpStatusCode.OK;
        });
        await using (Run(writer, worker))
        {
            await CountAsync(writer, counts => counts == (0, 2), advance: TimeSpan.FromMinutes(10));
            _time.Advance(TimeSpan.FromHours(30));
            using var operators = await _folder.OpenReaderAsync();
            var token = TestContext.Current.CancellationToken;
            var dead = await operators.ListGivenUpAsync(10, token);
            Assert.Equal(["a", "b"], dead.Select(given => given.Name));
            Assert.Contains("500", dead[0].LastError, StringComparison.Ordinal);

            Assert.True(await operators.RedeliverAsync(dead[0].Id, token));
            await CountAsync(writer, counts => counts == (0, 1), advance: TimeSpan.FromSeconds(1));
            Assert.False(await operators.RedeliverAsync(dead[0].Id, token));
            Assert.True(await operators.ForgetGivenUpAsync(dead[1].Id, token));
            Assert.False(await operators.ForgetGivenUpAsync(dead[1].Id, token));
            Assert.Empty(await operators.ListGivenUpAsync(10, token));
        }
    }

    [Fact]
    public async Task RunAsync_WorkerHangs_CountsAsFailed()
    {
        using var writer = await _folder.OpenAsync();
        await writer.PutAsync("a", "x");
        var worker = new ScriptedHandler(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return HttpStatusCode.OK;
        });
        await using (Run(writer, worker))
        {
            await Eventually.GetAsync(
                () =>
                {
                    _time.Advance(TimeSpan.FromSeconds(30));
                    return Task.FromResult(worker.Received.Count);
                },
                count => count >= 2);
        }

        Assert.InRange(_time.GetUtcNow() - Start, TimeSpan.FromSeconds(610), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task RunAsync_StoppedAndStartedAgain_UndeliveredEventsAreSent()
    {
        using (var writer = await _folder.OpenAsync())
        {
            await writer.PutAsync("a", "x");
            await writer.PutAsync("b", "y");
        }

        using var again = await _folder.OpenAsync();
        var worker = new ScriptedHandler(HttpStatusCode.OK);
        await using (Run(again, worker))
        {
            await EmptyAsync(again);
        }

        Assert.Equal(["objects/a", "objects/b"], worker.Received.Select(request => request.Headers["ce-subject"]).Order());
    }

    [Fact]
    public async Task RunAsync_StoppedInTheMiddle_EventIsSentAgain()
    {
        using var writer = await _folder.OpenAsync();
        await writer.PutAsync("a", "x");
        var arrived = new TaskCompletionSource();
        var hanging = new ScriptedHandler(async (_, cancellationToken) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return HttpStatusCode.OK;
        });
        await using (Run(writer, hanging))
        {
            await arrived.Task;
        }

        var worker = new ScriptedHandler(HttpStatusCode.OK);
        await using (Run(writer, worker))
        {
            await EmptyAsync(writer);
        }

        Assert.Equal(hanging.Received.Single().Headers["ce-id"], worker.Received.Single().Headers["ce-id"]);
    }

    [Fact]
    public async Task RunAsync_ManyEvents_NeverMoreOnTheirWayThanAllowed()
    {
        using var writer = await _folder.OpenAsync();
        for (var index = 0; index < 40; index++)
        {
            await writer.PutAsync($"n{index}", "x");
        }

        var (now, most) = (0, 0);
        var worker = new ScriptedHandler(async (_, _) =>
        {
            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
            Interlocked.Decrement(ref now);
            return HttpStatusCode.OK;
        });
        await using (Run(writer, worker))
        {
            await EmptyAsync(writer);
        }

        Assert.Equal(4, most);
        Assert.Equal(40, worker.Received.Select(request => request.Headers["ce-id"]).Distinct().Count());
    }

    [Fact]
    public async Task Constructor_WrongOptions_NamesAll()
    {
        using var writer = await _folder.OpenAsync();
        using var http = new HttpClient(new ScriptedHandler(HttpStatusCode.OK));
        var options = new EventDeliveryOptions(new Uri("ftp://worker/")) { InitialBackoff = TimeSpan.Zero, MaxBackoff = TimeSpan.FromDays(2), Retention = TimeSpan.Zero, MaxInFlight = 0 };

        var failure = Assert.Throws<ArgumentException>(() => new EventDelivery(writer, http, options, _time, NullLogger<EventDelivery>.Instance));

        Assert.All(["Target", "InitialBackoff", "MaxBackoff", "Retention", "MaxInFlight"], name => Assert.Contains(name, failure.Message, StringComparison.Ordinal));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private RunningLoop Run(FolderObjectWriter writer, ScriptedHandler worker)
    {
        var http = new HttpClient(worker);
        var options = new EventDeliveryOptions(new Uri("http://worker/events/storage"));
        var delivery = new EventDelivery(writer, http, options, _time, NullLogger<EventDelivery>.Instance);
        return new RunningLoop(delivery.RunAsync, delivery, http);
    }

    private Task<(long Waiting, long Dead)> EmptyAsync(FolderObjectWriter writer, TimeSpan advance = default) => CountAsync(writer, counts => counts == (0, 0), advance);

    private Task<(long Waiting, long Dead)> CountAsync(FolderObjectWriter writer, Func<(long Waiting, long Dead), bool> isRight, TimeSpan advance) => Eventually.GetAsync(
        async () =>
        {
            _time.Advance(advance);
            return await writer.Catalog.ReadAsync(EventTables.Count, TestContext.Current.CancellationToken);
        },
        isRight);
}
