using Pipeline.Fixtures.Format;

namespace Pipeline.Fixtures.Running;

/// <summary>Runs the cases of one kind by the rules of the fixtures' README, "What passes".</summary>
public interface IFixtureKind
{
    /// <summary>The value of <c>kind</c> in the index.</summary>
    string Kind { get; }

    /// <summary>Runs one case. An exception counts as a failure with its message.</summary>
    FixtureResult Run(FixtureCase fixture);
}
