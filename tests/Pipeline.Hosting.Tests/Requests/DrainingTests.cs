using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pipeline.Hosting.Tests.Support;

namespace Pipeline.Hosting.Tests.Requests;

public sealed class DrainingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_RequestUnderWay_FinishesAndNewOnesAreRefused()
    {
        var begun = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var host = await RunningHost.StartOnKestrelAsync<ScriptedEvents>(services => services.AddSingleton<EventScript>(async (_, _) =>
        {
            begun.SetResult();
            await finish.Task;
        }));
        var under = host.Client.SendAsync(EventRequests.Binary(), Cancellation);
        await begun.Task;

        var stop = host.Application.StopAsync(Cancellation);

        Assert.True(await StatusOfNewRequestAsync(host) is null or HttpStatusCode.ServiceUnavailable);
        Assert.False(stop.IsCompleted);
        finish.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await under).StatusCode);
        await stop;
    }

    [Fact]
    public async Task Stop_RequestThatDoesNotEnd_IsCancelledSoThatItCanRelease()
    {
        var begun = new TaskCompletionSource();
        var isReleased = false;
        await using var host = await RunningHost.StartOnKestrelAsync<ScriptedEvents>(
            services => services.AddSingleton<EventScript>(async (_, cancellationToken) =>
            {
                begun.SetResult();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }
                finally
                {
                    isReleased = true;
                }
            }),
            new() { ["Pipeline:Hosting:DrainTime"] = "200ms" });
        var under = host.Client.SendAsync(EventRequests.Binary(), Cancellation);
        await begun.Task;

        await host.Application.StopAsync(Cancellation);

        using var response = await under;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(response.Headers.Contains("Retry-After"));
        Assert.True(isReleased);
    }

    [Fact]
    public async Task Stopping_RequestThatStillComesIn_Is503AndLivenessStays()
    {
        await using var host = await RunningHost.StartAsync<EchoEvents>();
        host.Application.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        using var refused = await host.Client.SendAsync(EventRequests.Binary(), Cancellation);
        using var ready = await host.Client.GetAsync("/health/ready", Cancellation);
        using var live = await host.Client.GetAsync("/health/live", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Empty(host.Received.Events);
    }

    [Fact]
    public async Task ClientLeaves_FunctionIsCancelled()
    {
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var host = await RunningHost.StartOnKestrelAsync<ScriptedEvents>(services => services.AddSingleton<EventScript>(async (_, cancellationToken) =>
        {
            begun.SetResult();
            using var registration = cancellationToken.Register(cancelled.SetResult);
            await cancelled.Task;
            cancellationToken.ThrowIfCancellationRequested();
        }));
        using var leave = new CancellationTokenSource();
        var under = host.Client.SendAsync(EventRequests.Binary(), leave.Token);
        await begun.Task;

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => under);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation);
    }

    [Fact]
    public async Task Requests_TenAtOnce_RunAtOnce()
    {
        const int Requests = 10;
        var arrived = 0;
        var all = new TaskCompletionSource();
        await using var host = await RunningHost.StartOnKestrelAsync<ScriptedEvents>(services => services.AddSingleton<EventScript>((_, _) =>
        {
            if (Interlocked.Increment(ref arrived) == Requests)
            {
                all.SetResult();
            }

            return all.Task;
        }));

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => host.Client.SendAsync(EventRequests.Binary(), Cancellation)))
            .WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    /// <summary>Null where nobody listens any more.</summary>
    private static async Task<HttpStatusCode?> StatusOfNewRequestAsync(RunningHost host)
    {
        try
        {
            using var response = await host.Client.SendAsync(EventRequests.Binary(), Cancellation);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
