using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;
using Pipeline.Models;

namespace Pipeline.Fixtures.Kinds.Models;

/// <summary>Single operators on inputs that TensorFlow refuses: a typed error passes, a result fails.</summary>
public sealed class OperatorErrorKind : IFixtureKind
{
    private readonly SavedModelLoader _loader = new();

    public string Kind => "op_error";

    public FixtureResult Run(FixtureCase fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        try
        {
            var session = _loader.Load(fixture);
            session.Run(fixture.Inputs.ToDictionary(input => input.Name, FixtureValues.ToValue, StringComparer.Ordinal));
            return FixtureResult.Failed("a result, expected an error");
        }
        catch (UnsupportedModelException error)
        {
            return FixtureResult.Skipped(Unsupported.Describe(error));
        }
        catch (UnsupportedNodeException error)
        {
            return FixtureResult.Skipped($"op {error.OperatorName} ({error.Problem}) is not built yet");
        }
        catch (Exception error) when (error is
            InvalidModelException or InvalidNodeException or InvalidShapeException or InvalidSessionInputException or MemoryLimitExceededException)
        {
            return FixtureResult.Passed();
        }
    }
}
