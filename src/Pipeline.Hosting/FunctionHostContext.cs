using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting.Startup;

namespace Pipeline.Hosting;

/// <summary>What a program has in hand while it adds its services.</summary>
/// <param name="Hosting">The host's own settings.</param>
/// <param name="Target">The type that will be served; null where it is not known (an error that is already noted).</param>
/// <param name="IsCloudRun">True on Cloud Run.</param>
public sealed record FunctionHostContext(
    IServiceCollection Services, ConfigurationReader Configuration, HostingOptions Hosting, Type? Target, bool IsCloudRun)
{
    /// <summary>Gives an environment variable, or null: for those that other programs agree on. Default: the process's own.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Takes work that is to begin while the host is built. Dropped where the configuration is wrong, or only looked at.</summary>
    public Action<Action> Meanwhile { get; init; } = static _ => { };
}
