using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Threads;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>A graph made ready to run: constants are loaded once, runs share them. Safe for use by several threads at a time.</summary>
/// <remarks>Runs of a graph that has variables go one after another, each seeing what the one before it assigned.</remarks>
public sealed partial class InferenceSession
{
    private readonly Graph _graph;
    private readonly Lock _interpretationLock = new();
    private Interpretation? _interpretation;
    private readonly PlanCache? _plans;
    private readonly VariableStore _variables;
    private readonly SemaphoreSlim? _stateLock;
    private readonly WorkerPool _pool;

    /// <summary>Prepares <paramref name="graph"/>: loads its constants and evaluates what depends on nothing else.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="MemoryLimitExceededException">The constants take more than allowed.</exception>
    /// <exception cref="InvalidNodeException">A node that depends on constants only cannot be evaluated.</exception>
    public InferenceSession(Graph graph, SessionOptions? options = null)
        : this(graph, options, WorkerPool.Shared)
    {
    }

    /// <param name="pool">Outlives the session.</param>
    internal InferenceSession(Graph graph, SessionOptions? options, WorkerPool pool)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Options = options ?? SessionOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(Options.Threads ?? 1, 1, nameof(options));
        _pool = pool;
        Inputs = [.. graph.Inputs.Select(i => new TensorSpec(i.Name, i.DataType, i.Shape))];
        Graph prepared;
        using (Stages.Begin("constants folded"))
        {
            prepared = Passes.Fold(graph, Options.MaxConstantBytes);
        }

        Outputs = [.. prepared.Outputs.Select(o => new TensorSpec(o.Name, o.Value.DataType, o.Value.Shape))];
        SessionConstants.Check(prepared, Options.MaxConstantBytes);
        _graph = prepared;
        _plans = Options.UsePlans && prepared.Variables.Count == 0 ? new PlanCache(prepared, Options, pool) : null;
        _variables = new VariableStore(prepared.Variables);
        _stateLock = prepared.Variables.Count > 0 ? new SemaphoreSlim(1, 1) : null;
        if (_plans?.TryPrepare() != true)
        {
            _ = Interpret();
        }
    }

    public SessionOptions Options { get; }

    /// <summary>The most threads that work on one run, its own included.</summary>
    public int Threads => Math.Min(Options.Threads ?? _pool.Threads, _pool.Threads);

    /// <summary>What a run takes.</summary>
    public IReadOnlyList<TensorSpec> Inputs { get; }

    /// <summary>What a run gives, as far as it is known beforehand.</summary>
    public IReadOnlyList<TensorSpec> Outputs { get; }

    /// <summary>Runs the graph on the calling thread, helped by the threads of the process's pool where nobody else has it.</summary>
    /// <param name="inputs">One value for each of <see cref="Inputs"/>, by name; not changed, and not kept.</param>
    /// <param name="cancellationToken">Looked at every few milliseconds.</param>
    /// <returns>One value for each of <see cref="Outputs"/>, by name, which are the caller's own.</returns>
    /// <exception cref="InvalidSessionInputException">An input is missing, not known, or of another type or shape.</exception>
    /// <exception cref="InvalidNodeException">Values of this run contradict an operator.</exception>
    /// <exception cref="UnsupportedNodeException">Values of this run need something that is not implemented.</exception>
    /// <exception cref="MemoryLimitExceededException">The run needs more memory than allowed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public IReadOnlyDictionary<string, RuntimeValue> Run(
        IReadOnlyDictionary<string, RuntimeValue> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var ordered = SessionInputs.Check(Inputs, inputs);
        var results = new RuntimeValue?[Outputs.Count];
        RunSteps(ordered, results, _plans?.Find(ordered), null, cancellationToken);
        return Name(results);
    }

    /// <summary>Binds inputs that are run again and again while only their elements change.</summary>
    /// <param name="inputs">As <see cref="Run"/> takes them; kept by what is returned, and read in each run.</param>
    /// <inheritdoc cref="Run"/>
    /// <returns>A way to run this session on them. Several of them may run at a time; each is for one caller at a time.</returns>
    public BoundRun Bind(IReadOnlyDictionary<string, RuntimeValue> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var ordered = SessionInputs.Check(Inputs, inputs);
        return new BoundRun(this, ordered, _plans?.Find(ordered));
    }

    /// <param name="results">In the order of the outputs: nothing, or what an earlier run of this plan put there.</param>
    /// <param name="plan">Null: the graph is interpreted.</param>
    /// <param name="clock">Null: nobody wants to know.</param>
    internal void RunSteps(RuntimeValue[] inputs, RuntimeValue?[] results, ExecutionPlan? plan, StepClock? clock, CancellationToken cancellationToken)
    {
        if (plan is not null)
        {
            plan.Run(inputs, results, clock, cancellationToken);
            return;
        }

        var interpretation = Interpret();
        var context = new EvaluationContext(new RunMemory(Options.MaxRunBytes), _variables, cancellationToken) { Clock = clock };
        _stateLock?.Wait(cancellationToken);
        _pool.Enter();
        try
        {
            interpretation.Run(inputs, context).CopyTo(results, 0);
        }
        finally
        {
            _pool.Leave();
            _stateLock?.Release();
        }
    }

    /// <summary>Made when it is first needed: a session that only runs plans holds no weight twice.</summary>
    private Interpretation Interpret()
    {
        lock (_interpretationLock)
        {
            return _interpretation ??= new Interpretation(_graph);
        }
    }

    private Dictionary<string, RuntimeValue> Name(RuntimeValue?[] outputs)
    {
        var named = new Dictionary<string, RuntimeValue>(StringComparer.Ordinal);
        for (var i = 0; i < outputs.Length; i++)
        {
            named.Add(Outputs[i].Name, outputs[i]!);
        }

        return named;
    }
}
