using System.CommandLine;

namespace Pipeline.Cli.Commands;

/// <summary>The option for scripts.</summary>
internal static class JsonOption
{
    public static Option<bool> Create() => new("--json") { Description = "Print JSON instead of text." };
}
