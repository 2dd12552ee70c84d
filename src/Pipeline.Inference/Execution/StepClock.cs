using System.Collections.Immutable;
using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Measuring;

namespace Pipeline.Inference.Execution;

/// <summary>Notes how long each step of one run takes: from the end of the step before, or from <see cref="Start"/>.</summary>
internal sealed class StepClock
{
    private readonly ImmutableArray<StepTiming>.Builder _steps = ImmutableArray.CreateBuilder<StepTiming>();
    private readonly TimeProvider _timeProvider;
    private long _last;

    public StepClock(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
    }

    /// <summary>What was noted so far.</summary>
    public ImmutableArray<StepTiming> Steps => _steps.ToImmutable();

    /// <summary>Called right before the first step.</summary>
    public void Start() => _last = _timeProvider.GetTimestamp();

    /// <summary>Called right after a step of a plan.</summary>
    public void Note(PlanStep step)
    {
        const string Suffix = "Step";
        var isInterpreted = step is InterpretedStep;
        var kind = step is InterpretedStep interpreted ? interpreted.OperatorName : Class(step).Replace(Suffix, string.Empty, StringComparison.Ordinal);
        Note(step.Name, kind, isInterpreted, isInterpreted ? null : step.MultiplyAdds);
    }

    /// <summary>The name of a step's class without the number of its type parameters.</summary>
    private static string Class(PlanStep step) => step.GetType().Name.Split('`')[0];

    /// <summary>Called right after a node that is interpreted.</summary>
    public void Note(Node node) => Note(node.Name, node.Operator.Name, true, null);

    private void Note(string name, string kind, bool isInterpreted, long? multiplyAdds)
    {
        var now = _timeProvider.GetTimestamp();
        _steps.Add(new StepTiming(name, kind, isInterpreted, _timeProvider.GetElapsedTime(_last, now), multiplyAdds));

        // The time that noting takes belongs to nobody.
        _last = _timeProvider.GetTimestamp();
    }
}
