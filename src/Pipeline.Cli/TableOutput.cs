using Spectre.Console;

namespace Pipeline.Cli;

/// <summary>Where tables of many columns go.</summary>
internal static class TableOutput
{
    private const int WidthOfAFile = 240;

    /// <summary>The terminal in its width; a file or another program gets lines that are not broken.</summary>
    public static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOfAFile;
        }

        return console;
    }
}
