using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pipeline.Hosting.Tests.Support;

/// <summary>A host with one of the functions above as its target: in memory, or on Kestrel and a free loopback port.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private RunningHost(WebApplication application, HttpClient client)
    {
        Application = application;
        Client = client;
    }

    public WebApplication Application { get; }

    public HttpClient Client { get; }

    public ReceivedEvents Received => Application.Services.GetRequiredService<ReceivedEvents>();

    public CollectedLogs Logs => Application.Services.GetRequiredService<CollectedLogs>();

    public static Task<RunningHost> StartAsync<TTarget>(Action<IServiceCollection>? services = null, Dictionary<string, string?>? settings = null) =>
        StartAsync(typeof(TTarget), services, settings, port: null);

    public static Task<RunningHost> StartOnKestrelAsync<TTarget>(
        Action<IServiceCollection>? services = null, Dictionary<string, string?>? settings = null) =>
        StartAsync(typeof(TTarget), services, settings, FreePort());

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Application.StopAsync(CancellationToken.None);
        await Application.DisposeAsync();
    }

    private static async Task<RunningHost> StartAsync(
        Type target, Action<IServiceCollection>? services, Dictionary<string, string?>? settings, int? port)
    {
        var variables = new Dictionary<string, string?> { ["FUNCTION_TARGET"] = target.FullName, ["PORT"] = port?.ToString() };
        var application = FunctionHost.Create(new FunctionHostSetup(typeof(RunningHost).Assembly, context =>
        {
            context.Services.AddSingleton<ReceivedEvents>();
            services?.Invoke(context.Services);
        })
        {
            Variable = variables.GetValueOrDefault,
            Settings = settings ?? [],
            Customize = builder =>
            {
                var logs = new CollectedLogs();
                builder.Services.AddSingleton(logs);
                builder.Logging.ClearProviders();
                builder.Logging.AddProvider(logs);
                if (port is null)
                {
                    builder.WebHost.UseTestServer();
                }
            },
        });
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new RunningHost(
            application, port is null ? application.GetTestClient() : new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });
    }
}
