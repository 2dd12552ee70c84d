using System.CommandLine;
using Pipeline.Cli.Completing;

namespace Pipeline.Cli.Commands;

/// <summary><c>pipeline completion</c>: lets a shell complete the command's words.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.All.Keys]);
        var command = new Command("completion", "Print the script that lets your shell complete the words of this command.") { shell };
        command.SetAction(result =>
        {
            Console.Write(CompletionScripts.All[result.GetRequiredValue(shell)]);
            return ExitCodes.Done;
        });
        return command;
    }
}
