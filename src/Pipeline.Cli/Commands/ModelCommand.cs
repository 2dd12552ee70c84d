using System.CommandLine;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline model</c>: what a model is, and what it takes.</summary>
internal static class ModelCommand
{
    public static Command Create() => new("model", "Look at a model: what it is, what it costs, how fast it runs.")
    {
        ModelInspectCommand.Create(),
        ModelBenchCommand.Create(),
    };
}
