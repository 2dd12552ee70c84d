using Pipeline.Fixtures.Format;

namespace Pipeline.Fixtures.Running;

/// <summary>Runs cases with the kind that each names.</summary>
public sealed class FixtureRunner
{
    private readonly Dictionary<string, IFixtureKind> _kinds;

    public FixtureRunner(IEnumerable<IFixtureKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        _kinds = kinds.ToDictionary(kind => kind.Kind, StringComparer.Ordinal);
    }

    public FixtureResult Run(FixtureCase fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        if (!_kinds.TryGetValue(fixture.Kind, out var kind))
        {
            return FixtureResult.Skipped($"kind {fixture.Kind} is not built yet");
        }

#pragma warning disable CA1031 // Whatever a case throws is that case's failure; the others still run.
        try
        {
            return kind.Run(fixture);
        }
        catch (Exception error)
        {
            return FixtureResult.Failed($"{error.GetType().Name}: {error.Message}");
        }
#pragma warning restore CA1031
    }
}
