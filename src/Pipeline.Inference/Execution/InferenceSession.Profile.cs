using Pipeline.Inference.Measuring;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

public sealed partial class InferenceSession
{
    /// <summary>Runs the graph as <see cref="Run"/> does, and says where the time went.</summary>
    /// <inheritdoc cref="Run"/>
    /// <param name="timeProvider">What measures.</param>
    /// <returns>The steps of this run; its outputs are thrown away.</returns>
    public RunProfile Profile(
        IReadOnlyDictionary<string, RuntimeValue> inputs, TimeProvider timeProvider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var clock = new StepClock(timeProvider);
        var ordered = SessionInputs.Check(Inputs, inputs);
        var plan = _plans?.Find(ordered);
        RunSteps(ordered, new RuntimeValue?[Outputs.Count], plan, clock, cancellationToken);
        return new RunProfile(plan is not null, plan?.ArenaBytes ?? 0, clock.Steps);
    }
}
