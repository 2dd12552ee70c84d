using System.CommandLine;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline model</c>: what a model is, and what it takes.</summary>
internal static class ModelCommand
{
    public static Command Create() => new("model", "Take your own model: look at it, say how it is fed, find out which way is right, measure it.")
    {
        ModelInspectCommand.Create(),
        ModelInitCommand.Create(),
        ModelVerifyCommand.Create(),
        ModelSchemaCommand.Create(),
        ModelBenchCommand.Create(),
    };
}
