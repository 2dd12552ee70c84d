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

    /// <summary>Adds cells as text: names of models may have brackets, which are no markup.</summary>
    public static void AddTextRow(this Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}
