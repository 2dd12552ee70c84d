using Pipeline.Functions;
using Pipeline.Hosting;

namespace Pipeline.Cli.Configuring;

/// <summary>Which configuration a command works with.</summary>
/// <param name="File">A settings file, or null for the one beside the program.</param>
/// <param name="Sets"><c>KEY=VALUE</c>, each key with or without <c>Pipeline:</c> before it.</param>
/// <param name="Data">The data folder, or null for the configured one.</param>
internal sealed record SettingsSelection(string? File, IReadOnlyList<string> Sets, string? Data)
{
    private const string Root = "Pipeline:";

    /// <summary>As a function is hosted.</summary>
    public FunctionHostSetup Setup(Type target) => new(typeof(PipelineServices).Assembly, PipelineServices.Configure)
    {
        Arguments = ["--target", target.FullName!, .. Flags()],
        SettingsFile = File,
        Settings = Data is null ? new Dictionary<string, string?>() : new Dictionary<string, string?> { [Root + "Embedded:Data"] = Data },
    };

    /// <summary>The sets as flags of the host.</summary>
    public string[] Flags() => [.. Sets.Select(set => set.StartsWith(Root, StringComparison.OrdinalIgnoreCase) ? $"--{set}" : $"--{Root}{set}")];
}
