using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Embedded.Delivery;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Delivery;

public sealed class LocalSchedulerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public async Task RunAsync_Interval_CallsWithTheSchedulersHeaders()
    {
        var worker = new ScriptedHandler(HttpStatusCode.OK);
        await using (Run(worker))
        {
            await CallsAsync(worker, 3);
        }

        var calls = worker.Received.Take(3).ToArray();
        Assert.All(calls, call => Assert.Equal("http://worker/maintain", call.Target.ToString()));
        Assert.All(calls, call => Assert.Equal("maintain", call.Headers["X-CloudScheduler-JobName"]));
        Assert.All(calls, call => Assert.Equal("true", call.Headers["X-CloudScheduler"]));
        Assert.Equal("2026-01-02T03:04:05.000Z", calls[0].Headers["X-CloudScheduler-ScheduleTime"]);
        Assert.Equal(3, calls.Select(call => call.Headers["X-CloudScheduler-ScheduleTime"]).Distinct().Count());
    }

    [Fact]
    public async Task RunAsync_CallFails_IsTriedAgainWithTheSameScheduleTime()
    {
        var worker = new ScriptedHandler(HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        await using (Run(worker))
        {
            await CallsAsync(worker, 4);
        }

        var times = worker.Received.Take(4).Select(call => call.Headers["X-CloudScheduler-ScheduleTime"]).ToArray();
        Assert.Equal([times[0], times[0], times[0]], times[..3]);
        Assert.NotEqual(times[0], times[3]);
    }

    [Fact]
    public async Task RunSoon_BetweenTwoRuns_CallsWithoutWaiting()
    {
        var worker = new ScriptedHandler(HttpStatusCode.OK);
        using var http = new HttpClient(worker);
        using var scheduler = new LocalScheduler(
            http, new LocalSchedulerOptions(new Uri("http://worker/maintain")), _time, NullLogger<LocalScheduler>.Instance);
        await using var running = new RunningLoop(scheduler.RunAsync);
        await Eventually.GetAsync(() => Task.FromResult(worker.Received.Count), calls => calls == 1);

        scheduler.RunSoon();

        await Eventually.GetAsync(() => Task.FromResult(worker.Received.Count), calls => calls == 2);
    }

    [Fact]
    public async Task RunAsync_CallHangs_IsNeverMadeTwiceAtOnce()
    {
        var (now, most) = (0, 0);
        var worker = new ScriptedHandler(async (_, cancellationToken) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                return HttpStatusCode.OK;
            }
            finally
            {
                Interlocked.Decrement(ref now);
            }
        });
        await using (Run(worker))
        {
            await CallsAsync(worker, 3);
        }

        Assert.Equal(1, most);
    }

    private RunningLoop Run(ScriptedHandler worker)
    {
        var http = new HttpClient(worker);
        var scheduler = new LocalScheduler(http, new LocalSchedulerOptions(new Uri("http://worker/maintain")), _time, NullLogger<LocalScheduler>.Instance);
        return new RunningLoop(scheduler.RunAsync, http);
    }

    private Task<int> CallsAsync(ScriptedHandler worker, int count) => Eventually.GetAsync(
        () =>
        {
            if (worker.Received.Count < count)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
            }

            return Task.FromResult(worker.Received.Count);
        },
        received => received >= count);
}
