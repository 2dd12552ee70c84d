using System.CommandLine;
using System.CommandLine.Parsing;
using Pipeline.Hosting.Startup;

namespace Pipeline.Cli.Commands;

/// <summary>What is wrong with a command line, and which word was meant.</summary>
internal static class UsageErrors
{
    public static IEnumerable<string> Of(ParseResult result)
    {
        var unmatched = result.UnmatchedTokens.ToHashSet(StringComparer.Ordinal);

        // What follows an unknown option was meant as its value.
        foreach (var token in unmatched.Any(IsOption) ? unmatched.Where(IsOption) : unmatched)
        {
            yield return Unknown(token, result.CommandResult);
        }

        // The library's own word on those is told better above.
        foreach (var error in result.Errors.Where(error => !unmatched.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))))
        {
            if (unmatched.Count == 0 || result.CommandResult.Command.Subcommands.Count == 0)
            {
                yield return error.Message;
            }
        }
    }

    /// <summary>Refuses what looks like an option where names are expected.</summary>
    public static void RefuseOptions(this Argument<string[]> argument) => argument.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => IsOption(token.Value) && !File.Exists(token.Value)))
        {
            result.AddError(Unknown(token.Value, (CommandResult)result.Parent!));
        }
    });

    private static bool IsOption(string word) => word.StartsWith('-') && word.Length > 1;

    private static string Unknown(string token, CommandResult result)
    {
        var words = result.Command.Subcommands.Select(command => command.Name).Concat(Options(result));
        var nearest = NearestName.Find(token.Split('=')[0], words.Where(word => IsOption(word) == IsOption(token)));
        var kind = IsOption(token) ? "option" : result.Command.Subcommands.Count > 0 ? "command" : "word";
        return $"'{token}' is no {kind} of pipeline {PipelineCommand.PathTo(result)}".TrimEnd() + (nearest is null ? "." : $"; did you mean {nearest}?");
    }

    private static IEnumerable<string> Options(CommandResult result) =>
        result.Command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Concat(result.Parent is CommandResult parent ? Options(parent) : []);
}
