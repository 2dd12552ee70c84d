using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting.Startup;
using Pipeline.Hosting.Tests.Support;

namespace Pipeline.Hosting.Tests;

public sealed class FunctionHostTests
{
    private static readonly string Echo = typeof(EchoEvents).FullName!;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Pipeline.Hosting.Tests.Support.echoevents")]
    [InlineData("EchoEvents")]
    [InlineData("Pipeline.Hosting.Tests.Support.RunningHost")]
    public void Create_TargetMissingOrUnknown_ListsTheTargets(string? target)
    {
        var exception = Assert.Throws<StartupException>(() => FunctionHost.Create(Setup(new() { ["FUNCTION_TARGET"] = target })));

        var error = Assert.Single(exception.Errors);
        Assert.Contains(Echo, error, StringComparison.Ordinal);
        Assert.Contains(typeof(ByPath).FullName!, error, StringComparison.Ordinal);
        Assert.DoesNotContain(typeof(RunningHost).FullName!, error[error.IndexOf("Targets:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("80.5")]
    [InlineData(" 8080")]
    [InlineData("99999999999999999999")]
    public void Create_PortInvalid_SaysSo(string port)
    {
        var exception = Assert.Throws<StartupException>(() => FunctionHost.Create(Setup(new() { ["FUNCTION_TARGET"] = Echo, ["PORT"] = port })));

        Assert.Contains($"'{port}'", Assert.Single(exception.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Meanwhile_WorkGiven_BeginsOnlyWhereAHostIsBuilt()
    {
        var begun = 0;
        var right = Setup(new() { ["FUNCTION_TARGET"] = Echo }) with
        {
            Configure = context =>
            {
                context.Services.AddSingleton<ReceivedEvents>();
                context.Meanwhile(() => begun++);
            },
        };
        var wrong = right with { Arguments = ["--port", "x"] };

        Assert.Empty(FunctionHost.Examine(right).Errors);
        Assert.Throws<StartupException>(() => FunctionHost.Create(wrong));
        Assert.Equal(0, begun);

        await using var application = FunctionHost.Create(right);
        Assert.Equal(1, begun);
    }

    [Fact]
    public void Create_SeveralErrors_ListsAllAtOnce()
    {
        var setup = Setup(new() { ["PORT"] = "x" }, "--what", "--Pipeline:Hosting:MaxEventBytes=1", "--Pipeline:Hosting:Spelling=1") with
        {
            Configure = context => context.Configuration.AddError("The rules are wrong."),
        };

        var exception = Assert.Throws<StartupException>(() => FunctionHost.Create(setup));

        Assert.Equal(6, exception.Errors.Count);
        Assert.Contains("'--what'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("PORT", exception.Message, StringComparison.Ordinal);
        Assert.Contains("FUNCTION_TARGET", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Pipeline:Hosting:MaxEventBytes is '1'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Pipeline:Hosting:Spelling is not a setting", exception.Message, StringComparison.Ordinal);
        Assert.Contains("The rules are wrong.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--target", "Pipeline.Hosting.Tests.Support.EchoEvents")]
    [InlineData("--target=Pipeline.Hosting.Tests.Support.EchoEvents")]
    [InlineData("Pipeline.Hosting.Tests.Support.EchoEvents")]
    public async Task Create_TargetOnTheCommandLine_WinsOverTheEnvironment(params string[] arguments) =>
        await FunctionHost.Create(Setup(new() { ["FUNCTION_TARGET"] = "Unknown" }, arguments)).DisposeAsync();

    [Theory]
    [InlineData("--target")]
    [InlineData("--port")]
    [InlineData("--port", "1", "--port", "2")]
    [InlineData("One", "Two")]
    public void Create_CommandLineWrong_Throws(params string[] arguments) =>
        Assert.Throws<StartupException>(() => FunctionHost.Create(Setup(new() { ["FUNCTION_TARGET"] = Echo }, arguments)));

    [Theory]
    [InlineData(null, null, "127.0.0.1")]
    [InlineData("false", null, "127.0.0.1")]
    [InlineData("true", null, "0.0.0.0")]
    [InlineData("1", null, "0.0.0.0")]
    [InlineData(null, "some-service", "0.0.0.0")]
    public async Task Start_ContainerMarker_SaysWhereToListen(string? container, string? service, string expected)
    {
        var port = RunningHost.FreePort();
        await using var application = FunctionHost.Create(Setup(new()
        {
            ["FUNCTION_TARGET"] = Echo,
            ["PORT"] = port.ToString(),
            ["DOTNET_RUNNING_IN_CONTAINER"] = container,
            ["K_SERVICE"] = service,
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:1",
        }));
        await application.StartAsync(TestContext.Current.CancellationToken);

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

        var isAny = expected == "0.0.0.0";
        Assert.All(addresses, address => Assert.Equal(port, new Uri(address.Replace("[::]", "[::1]", StringComparison.Ordinal)).Port));
        Assert.Equal(isAny, addresses.Any(address => address.Contains("[::]", StringComparison.Ordinal) || address.Contains("0.0.0.0", StringComparison.Ordinal)));
        using var client = new HttpClient();
        Assert.Equal(200, (int)(await client.GetAsync($"http://127.0.0.1:{port}/health/live", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Run_Misused_EndsWithItsCode() => Assert.Equal(FunctionHost.Misused, await FunctionHost.RunAsync(Setup([])));

    [Fact]
    public async Task Run_PortTaken_EndsWithItsCode()
    {
        await using var first = await RunningHost.StartOnKestrelAsync<EchoEvents>();

        Assert.Equal(
            FunctionHost.Failed,
            await FunctionHost.RunAsync(Setup(new() { ["FUNCTION_TARGET"] = Echo, ["PORT"] = first.Client.BaseAddress!.Port.ToString() })));
    }

    private static FunctionHostSetup Setup(Dictionary<string, string?> variables, params string[] arguments) =>
        new(Assembly.GetExecutingAssembly(), context => context.Services.AddSingleton<ReceivedEvents>())
        {
            Variable = variables.GetValueOrDefault,
            Arguments = arguments,
        };
}
