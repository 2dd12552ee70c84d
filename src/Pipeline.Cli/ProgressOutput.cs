using Spectre.Console;

namespace Pipeline.Cli;

/// <summary>A bar for long work, on the standard error stream and only where that is a terminal.</summary>
internal static class ProgressOutput
{
    private const int Long = 10;

    /// <param name="work">Gets what is to be called after each item.</param>
    public static async Task RunAsync(string text, int items, Func<Action, Task> work)
    {
        if (Console.IsErrorRedirected || items < Long)
        {
            await work(() => { });
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask(text, maxValue: items);
                return work(() => task.Increment(1));
            });
    }
}
