using Spectre.Console;

namespace Pipeline.Benchmarks.Commands;

/// <summary>The standard output stream.</summary>
internal static class Output
{
    private const int Width = 400;

    /// <summary>Wide enough for the tables wherever it goes to: a file has no width, and a table that breaks its lines is no Markdown.</summary>
    public static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = Width;
        return console;
    }
}
