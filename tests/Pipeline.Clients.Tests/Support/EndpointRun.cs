namespace Pipeline.Clients.Tests.Support;

/// <summary><c>pipeline run</c> with documents on this machine, for the tests of a class: each uses names of its own.</summary>
public sealed class EndpointRun : IAsyncLifetime
{
    public LocalRunProcess Run { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Run = await LocalRunProcess.StartAsync([], new Dictionary<string, string>(), isReady: false);

    public ValueTask DisposeAsync() => Run.DisposeAsync();
}
