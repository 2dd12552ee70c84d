using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Pipeline.Hosting.Startup;

namespace Pipeline.Cli.Commands;

/// <summary>The <c>pipeline</c> command.</summary>
internal static class PipelineCommand
{
    // Serving stops within eight seconds: work in hand is finished or given back.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(9);

    /// <summary>All commands.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Classifies uploaded images with your own TensorFlow model.")
        {
            RunCommand.Create(),
            ClassifyCommand.Create(),
            ModelCommand.Create(),
            DeadLettersCommand.Create(),
            ConfigCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Aliases.Remove("/h");
        help.Aliases.Remove("/?");
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    /// <returns>The exit code: 0 done, 1 failed, 2 used wrongly.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        using var trace = StartTrace.Begin(arguments, Environment.GetEnvironmentVariable, Console.Error, TimeProvider.System);
        using var stage = StartTrace.Stage("command line");
        var root = Create();
        var result = root.Parse(arguments);
        stage?.Dispose();
        var isDirective = result.Tokens.Any(token => token.Type == TokenType.Directive);
        if (isDirective || (result.Errors.Count == 0 && (result.CommandResult.Command != root || result.Action is not null)))
        {
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTime });
        }

        foreach (var error in UsageErrors.Of(result))
        {
            await Console.Error.WriteLineAsync(error);
        }

        await Console.Error.WriteLineAsync($"See: pipeline {PathTo(result.CommandResult)}--help");
        return ExitCodes.UsedWrongly;
    }

    /// <summary>The words behind the program's name, each with a space after it.</summary>
    public static string PathTo(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathTo(parent)}{result.Command.Name} " : string.Empty;
}
