namespace Pipeline.Fixtures.Running;

/// <summary>What became of one case.</summary>
/// <param name="Reason">Why it failed or was skipped; empty where it passed.</param>
/// <param name="LargestDifference">The largest |got - want| over all compared values, where values were compared.</param>
public sealed record FixtureResult(FixtureVerdict Verdict, string Reason, double? LargestDifference = null)
{
    public static FixtureResult Passed(double? largestDifference = null) => new(FixtureVerdict.Passed, string.Empty, largestDifference);

    public static FixtureResult Failed(string reason, double? largestDifference = null) => new(FixtureVerdict.Failed, reason, largestDifference);

    /// <param name="what">The kind, op, method or output by name, for example <c>op Einsum is not built yet</c>.</param>
    public static FixtureResult Skipped(string what) => new(FixtureVerdict.Skipped, what);
}
