using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting.Functions;
using Pipeline.Hosting.Health;
using Pipeline.Hosting.Tests.Support;

namespace Pipeline.Hosting.Tests.Health;

public sealed class HealthEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/healthz")]
    public async Task Live_WhileUnready_Is200(string path)
    {
        await using var host = await RunningHost.StartAsync<EchoEvents>(services => services.AddSingleton<IReadiness>(new Part("The model is being loaded.")));

        using var response = await host.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"status":"live"}""", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("/health/ready")]
    [InlineData("/readyz")]
    public async Task Ready_PartsMissing_Is503WithTheReasons(string path)
    {
        var models = new Part("The model is being loaded.");
        await using var host = await RunningHost.StartAsync<EchoEvents>(services => services
            .AddSingleton<IReadiness>(models).AddSingleton<IReadiness>(new Part()).AddSingleton<IReadiness>(new Part("A \"store\" is away.")));

        using var response = await host.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(response.Headers.Contains("Retry-After"));
        var json = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(["The model is being loaded.", "A \"store\" is away."], json.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
    }

    [Fact]
    public async Task Ready_NothingMissingAnyMore_Is200()
    {
        var models = new Part("The model is being loaded.");
        await using var host = await RunningHost.StartAsync<EchoEvents>(services => services.AddSingleton<IReadiness>(models));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Client.GetAsync("/health/ready", Cancellation)).StatusCode);

        models.Clear();

        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/ready", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_OtherMethod_Is405AndRunsNoFunction(string path)
    {
        await using var host = await RunningHost.StartAsync<EchoEvents>();

        using var response = await host.Client.SendAsync(EventRequests.Binary(path: path), Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
        Assert.Empty(host.Received.Events);
    }

    [Theory]
    [InlineData("/robots.txt")]
    [InlineData("/favicon.ico")]
    public async Task Absent_File_Is404AndRunsNoFunction(string path)
    {
        await using var host = await RunningHost.StartAsync<EchoEvents>();

        using var response = await host.Client.SendAsync(EventRequests.Binary(path: path), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(host.Received.Events);
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("structured")]
    public async Task WarmUp_Event_IsAnsweredBeforeItsDataIsRead(string mode)
    {
        var warmUp = new CountedWarmUp();
        await using var host = await RunningHost.StartAsync<StoredObjects>(services => services.AddSingleton<IWarmUp>(warmUp));
        using var request = mode == "binary"
            ? EventRequests.Binary("{ not json", type: "pipeline.warmup")
            : EventRequests.Structured("""{"specversion":"1.0","id":"1","type":"pipeline.warmup","source":"s","data":"no object"}""");

        using var response = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, warmUp.Count);
        Assert.Empty(host.Received.Events);
    }

    [Fact]
    public async Task WarmUp_ToAnHttpFunction_DoesNotRunIt()
    {
        var warmUp = new CountedWarmUp();
        await using var host = await RunningHost.StartAsync<ScriptedHttp>(services => services
            .AddSingleton<IWarmUp>(warmUp)
            .AddSingleton(new Microsoft.AspNetCore.Http.RequestDelegate(_ => throw new InvalidOperationException("The function ran."))));

        using var response = await host.Client.SendAsync(EventRequests.Binary(type: "pipeline.warmup"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, warmUp.Count);
    }

    [Fact]
    public async Task WarmUp_NotReady_Is503()
    {
        await using var host = await RunningHost.StartAsync<StoredObjects>(services => services.AddSingleton<IWarmUp>(new CountedWarmUp { IsReady = false }));

        using var response = await host.Client.SendAsync(EventRequests.Binary(type: "pipeline.warmup"), Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private sealed class Part(params string[] missing) : IReadiness
    {
        private string[] _missing = missing;

        public IReadOnlyList<string> Missing() => _missing;

        public void Clear() => _missing = [];
    }

    private sealed class CountedWarmUp : IWarmUp
    {
        public bool IsReady { get; init; } = true;

        public int Count { get; private set; }

        public Task WarmAsync(CancellationToken cancellationToken)
        {
            Count++;
            return IsReady ? Task.CompletedTask : throw new RetryLaterException("The model is being loaded.", TimeSpan.FromSeconds(1));
        }
    }
}
