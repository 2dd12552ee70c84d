using System.Globalization;
using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;

namespace Pipeline.Fixtures;

/// <summary>
/// Runs whole folders: one line for each failing case, one for each reason to skip with its count, and <c>N passed, N failed, N skipped</c> at the end.
/// </summary>
public sealed class FixtureConsole
{
    private const string Usage = """
        Runs fixture folders against the product.

          dotnet run --project tests/Pipeline.Fixtures -- FOLDER… [--filter TEXT] [--verbose]

          --filter TEXT   only cases whose id holds TEXT
          --verbose       a line for every case

        Exit code: 0 nothing failed, 1 a case failed, 2 used wrongly.
        """;

    private readonly FixtureRunner _runner;
    private readonly TextWriter _output;

    public FixtureConsole(FixtureRunner runner, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(output);
        _runner = runner;
        _output = output;
    }

    /// <returns>The exit code.</returns>
    public int Run(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var folders = new List<string>();
        var filter = string.Empty;
        var verbose = false;
        for (var index = 0; index < arguments.Count; index++)
        {
            switch (arguments[index])
            {
                case "--verbose":
                    verbose = true;
                    break;
                case "--filter" when index + 1 < arguments.Count:
                    filter = arguments[++index];
                    break;
                case { } argument when argument.StartsWith('-'):
                    _output.WriteLine(Usage);
                    return 2;
                case { } folder:
                    folders.Add(folder);
                    break;
            }
        }

        if (folders.Count == 0)
        {
            _output.WriteLine(Usage);
            return 2;
        }

        try
        {
            return Run([.. folders.SelectMany(folder => FixtureFolder.Read(folder)).Where(fixture => fixture.Id.Contains(filter, StringComparison.Ordinal))], verbose);
        }
        catch (InvalidFixtureException error)
        {
            _output.WriteLine(error.Message);
            return 2;
        }
    }

    private int Run(IReadOnlyList<FixtureCase> cases, bool verbose)
    {
        var counts = new Dictionary<FixtureVerdict, int>();
        var skipped = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var fixture in cases)
        {
            var result = _runner.Run(fixture);
            counts[result.Verdict] = counts.GetValueOrDefault(result.Verdict) + 1;
            if (result.Verdict == FixtureVerdict.Skipped)
            {
                skipped[result.Reason] = skipped.GetValueOrDefault(result.Reason) + 1;
            }

            if (verbose || result.Verdict == FixtureVerdict.Failed)
            {
                var difference = result.LargestDifference is { } largest ? string.Create(CultureInfo.InvariantCulture, $" (largest difference {largest:G4})") : string.Empty;
                _output.WriteLine($"{result.Verdict.ToString().ToUpperInvariant()} {fixture}: {result.Reason}{difference}");
            }
        }

        foreach (var (reason, count) in skipped)
        {
            _output.WriteLine($"SKIPPED {count}: {reason}");
        }

        var failed = counts.GetValueOrDefault(FixtureVerdict.Failed);
        _output.WriteLine($"{counts.GetValueOrDefault(FixtureVerdict.Passed)} passed, {failed} failed, {counts.GetValueOrDefault(FixtureVerdict.Skipped)} skipped");
        return failed == 0 ? 0 : 1;
    }
}
