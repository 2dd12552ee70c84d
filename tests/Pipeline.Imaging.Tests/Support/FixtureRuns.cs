using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;

namespace Pipeline.Imaging.Tests.Support;

internal static class FixtureRuns
{
    /// <summary>Runs the chosen cases of a folder: none may fail, as many as said must pass, and what is skipped must be skipped for a known reason.</summary>
    public static void Check(string relative, IFixtureKind kind, Func<FixtureCase, bool> isChosen, int leastPassed, params string[] knownReasons)
    {
        var runner = new FixtureRunner([kind]);
        var passed = 0;
        var wrong = new List<string>();
        foreach (var fixture in FixtureFolder.Read(SharedData.Find(relative)).Where(isChosen))
        {
            var result = runner.Run(fixture);
            passed += result.Verdict == FixtureVerdict.Passed ? 1 : 0;
            var isExplained = result.Verdict == FixtureVerdict.Skipped && knownReasons.Any(reason => result.Reason.Contains(reason, StringComparison.Ordinal));
            if (result.Verdict != FixtureVerdict.Passed && !isExplained)
            {
                wrong.Add($"{result.Verdict} {fixture}: {result.Reason}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(passed >= leastPassed, $"{passed} cases passed, at least {leastPassed} must.");
    }
}
