using System.Reflection;
using Microsoft.AspNetCore.Builder;

namespace Pipeline.Hosting;

/// <summary>What a program says of itself to be hosted.</summary>
/// <param name="Functions">The assembly whose public function types are the targets.</param>
/// <param name="Configure">Adds the services that the functions need, and notes what is wrong in the configuration.</param>
public sealed record FunctionHostSetup(Assembly Functions, Action<FunctionHostContext> Configure)
{
    /// <summary>The command line.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Gives an environment variable, or null. Default: the process's own.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The settings file. Default: <c>appsettings.json</c> beside the program, which may be missing; one that is named may not.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>More configuration, below flags and above the environment: for programs that host functions among other things. Default none.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Changes the host itself, after everything else: for tests and for programs that add to it. Default: nothing.</summary>
    public Action<WebApplicationBuilder>? Customize { get; init; }
}
