using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;
using Pipeline.Inference.Graphs;
using Pipeline.Models;

namespace Pipeline.Fixtures.Kinds.Models;

/// <summary>Whole SavedModels, or single operators written as such, with TensorFlow's outputs.</summary>
public sealed class SavedModelKind : IFixtureKind
{
    private readonly SavedModelLoader _loader = new();

    /// <param name="kind">The name of the kind in the index: <c>saved_model</c> or <c>op</c>.</param>
    public SavedModelKind(string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        Kind = kind;
    }

    public string Kind { get; }

    public FixtureResult Run(FixtureCase fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        try
        {
            var session = _loader.Load(fixture);
            var inputs = fixture.Inputs.ToDictionary(input => input.Name, FixtureValues.ToValue, StringComparer.Ordinal);
            return FixtureValues.Compare(fixture, session.Run(inputs));
        }
        catch (UnsupportedModelException error)
        {
            return FixtureResult.Skipped(Unsupported.Describe(error));
        }
        catch (UnsupportedNodeException error)
        {
            return FixtureResult.Skipped($"op {error.OperatorName} ({error.Problem}) is not built yet");
        }
    }
}
