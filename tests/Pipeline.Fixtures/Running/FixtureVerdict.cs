namespace Pipeline.Fixtures.Running;

public enum FixtureVerdict
{
    Passed,
    Failed,

    /// <summary>Needs a kind, op, method or output that is not built yet; the reason names it.</summary>
    Skipped,
}
