using System.CommandLine;
using System.CommandLine.Parsing;
using Pipeline.Hosting.Startup;

namespace Pipeline.Cli.Commands;

/// <summary>The <c>pipeline</c> command.</summary>
internal static class PipelineCommand
{
    // Serving stops within eight seconds: work in hand is finished or given back.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(9);

    /// <returns>The exit code: 0 done, 1 failed, 2 used wrongly.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        using var trace = StartTrace.Begin(arguments, Environment.GetEnvironmentVariable, Console.Error, TimeProvider.System);
        using var stage = StartTrace.Stage("command line");
        var root = new RootCommand("Classifies uploaded images with your own TensorFlow model.")
        {
            RunCommand.Create(),
            ClassifyCommand.Create(),
            ModelCommand.Create(),
        };
        var result = root.Parse(arguments);
        stage?.Dispose();
        if (result.Errors.Count == 0 && (result.CommandResult.Command != root || result.Action is not null))
        {
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTime });
        }

        foreach (var error in result.Errors)
        {
            await Console.Error.WriteLineAsync(error.Message);
        }

        await Console.Error.WriteLineAsync($"See: pipeline {PathTo(result.CommandResult)}--help");
        return ExitCodes.UsedWrongly;
    }

    /// <summary>The words behind the program's name, each with a space after it.</summary>
    private static string PathTo(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathTo(parent)}{result.Command.Name} " : string.Empty;
}
