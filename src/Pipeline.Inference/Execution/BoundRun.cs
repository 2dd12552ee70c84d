using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>
/// Runs of one session again and again on the same memory: the caller changes the elements of the inputs between runs, a run writes over the outputs of the
/// one before. Where a graph is planned and its outputs are float32, a run allocates nothing but what interpreted nodes make. For one caller at a time.
/// </summary>
public sealed class BoundRun
{
    private readonly InferenceSession _session;
    private readonly RuntimeValue[] _inputs;
    private readonly RuntimeValue?[] _results;
    private readonly ExecutionPlan? _plan;

    /// <param name="inputs">In the order of the session's inputs, checked already.</param>
    /// <param name="plan">Null: the graph is interpreted.</param>
    internal BoundRun(InferenceSession session, RuntimeValue[] inputs, ExecutionPlan? plan)
    {
        _session = session;
        _inputs = inputs;
        _plan = plan;
        _results = new RuntimeValue?[session.Outputs.Count];
    }

    /// <summary>Whether a run runs a plan; else the graph is interpreted.</summary>
    public bool IsPlanned => _plan is not null;

    /// <inheritdoc cref="InferenceSession.Run"/>
    /// <summary>Runs the graph on what the inputs hold now.</summary>
    /// <returns>Nothing: <see cref="Output"/> gives the outputs.</returns>
    public void Run(CancellationToken cancellationToken = default) => _session.RunSteps(_inputs, _results, _plan, null, cancellationToken);

    /// <summary>What the last run gave that was neither cancelled nor failed. The next run may write over it.</summary>
    /// <param name="name">One of the session's outputs.</param>
    /// <exception cref="ArgumentException">There is no such output.</exception>
    /// <exception cref="InvalidOperationException">There was no run yet.</exception>
    public RuntimeValue Output(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (var index = 0; index < _results.Length; index++)
        {
            if (_session.Outputs[index].Name == name)
            {
                return _results[index] ?? throw new InvalidOperationException($"There is no output '{name}' before the first run.");
            }
        }

        throw new ArgumentException($"There is no output '{name}'; there are {string.Join(", ", _session.Outputs.Select(output => $"'{output.Name}'"))}.", nameof(name));
    }
}
