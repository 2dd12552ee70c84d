using System.CommandLine;
using Pipeline.Fixtures.Format;

namespace Pipeline.Benchmarks.Commands;

/// <summary>The benchmark program.</summary>
internal static class BenchmarkCommand
{
    public const int Done = 0;

    /// <summary>A figure is missing: an engine answered wrongly or refused a net.</summary>
    public const int Incomplete = 1;

    public const int UsedWrongly = 2;

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("Measures the product beside its peers, on the test data that lies beside the checkout.")
        {
            EngineCommand.Create(),
            ImagesCommand.Create(),
            StartCommand.Create(),
            KernelsCommand.Create(),
            StoresCommand.Create(),
        };
        var result = root.Parse(arguments);
        if (result.Errors.Count == 0 && (result.CommandResult.Command != root || result.Action is not null))
        {
            return await InvokeAsync(result);
        }

        foreach (var error in result.Errors)
        {
            await Console.Error.WriteLineAsync(error.Message);
        }

        await Console.Error.WriteLineAsync("See: --help");
        return UsedWrongly;
    }

    private static async Task<int> InvokeAsync(ParseResult result)
    {
        try
        {
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error) when (error is InvalidFixtureException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return UsedWrongly;
        }
    }
}
