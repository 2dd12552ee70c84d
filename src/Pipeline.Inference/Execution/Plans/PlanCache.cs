using Pipeline.Inference.Execution.Plans.Threads;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>The plans of a session by the shapes of its inputs, a bounded number, the least recently used out. Weights are shared by all plans. Safe for concurrent use.</summary>
internal sealed class PlanCache
{
    private readonly Graph _graph;
    private readonly SessionOptions _options;
    private readonly PlanResources _resources;
    private readonly LinkedList<Entry> _recent = new();
    private readonly Lock _lock = new();

    /// <param name="graph">Folded, for any shapes.</param>
    /// <param name="pool">Null: that of the process.</param>
    public PlanCache(Graph graph, SessionOptions options, WorkerPool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPlans, 1);
        using (Stages.Begin("passes of any shape"))
        {
            _graph = Passes.Apply(graph, Passes.OfAnyShape);
        }

        _options = options;
        _resources = new PlanResources(options, pool);
    }

    /// <summary>How many sets of shapes are known at the moment.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _recent.Count;
            }
        }
    }

    /// <summary>Compiles the plan for one picture where the model says how large it is, so that its weights are read and checked now.</summary>
    /// <returns>Whether there is such a plan.</returns>
    public bool TryPrepare()
    {
        var shapes = new Shape[_graph.Inputs.Count];
        for (var index = 0; index < shapes.Length; index++)
        {
            var shape = _graph.Inputs[index].Shape;
            var dimensions = shape.HasRank ? shape.Dimensions.ToArray() : [PartialShape.UnknownDimension, PartialShape.UnknownDimension];
            if (dimensions is [PartialShape.UnknownDimension, ..])
            {
                dimensions[0] = 1;
            }

            if (dimensions.Contains(PartialShape.UnknownDimension))
            {
                return false;
            }

            shapes[index] = Shape.Of(dimensions);
        }

        try
        {
            return Plan(Enter(shapes)) is not null;
        }
        catch (Exception exception) when (exception is InvalidNodeException or UnsupportedNodeException or MemoryLimitExceededException)
        {
            // One picture is a guess: the model may be for other numbers of them, and a run that is like this one is refused when it comes.
            return false;
        }
    }

    /// <summary>The plan for inputs of these shapes, or null where the graph must be interpreted.</summary>
    /// <exception cref="InvalidNodeException">The shapes contradict an operator.</exception>
    /// <exception cref="UnsupportedNodeException">The shapes need something that is not implemented.</exception>
    /// <exception cref="MemoryLimitExceededException">A run would take more than allowed.</exception>
    public ExecutionPlan? Find(IReadOnlyList<RuntimeValue> inputs)
    {
        lock (_lock)
        {
            for (var found = _recent.First; found is not null; found = found.Next)
            {
                if (found.Value.IsFor(inputs))
                {
                    _recent.Remove(found);
                    _recent.AddFirst(found);
                    if (found.Value.Plan.IsValueCreated)
                    {
                        return found.Value.Plan.Value;
                    }

                    break;
                }
            }
        }

        return Plan(Enter([.. inputs.Select(input => input.Shape)]));
    }

    private Entry Enter(Shape[] shapes)
    {
        lock (_lock)
        {
            if (_recent.FirstOrDefault(known => known.Shapes.SequenceEqual(shapes)) is { } entry)
            {
                return entry;
            }

            entry = new Entry(shapes, new Lazy<ExecutionPlan?>(() => Compile(shapes)));
            _recent.AddFirst(entry);
            if (_recent.Count > _options.MaxPlans)
            {
                _recent.RemoveLast();
            }

            return entry;
        }
    }

    private ExecutionPlan? Plan(Entry entry)
    {
        try
        {
            return entry.Plan.Value;
        }
        catch
        {
            // A file that could not be read may be readable the next time.
            lock (_lock)
            {
                _recent.Remove(entry);
            }

            throw;
        }
    }

    private ExecutionPlan? Compile(Shape[] shapes)
    {
        Graph specialized;
        using (Stages.Begin("passes of concrete shapes"))
        {
            specialized = Passes.Specialize(_graph, shapes, _options.MaxConstantBytes, Passes.OfConcreteShapes);
        }

        using var stage = Stages.Begin("plan compiled, weights packed");
        return PlanCompiler.TryCompile(specialized, _resources);
    }

    private sealed class Entry(Shape[] shapes, Lazy<ExecutionPlan?> plan)
    {
        public Shape[] Shapes { get; } = shapes;

        public Lazy<ExecutionPlan?> Plan { get; } = plan;

        public bool IsFor(IReadOnlyList<RuntimeValue> inputs)
        {
            for (var index = 0; index < Shapes.Length; index++)
            {
                if (!Shapes[index].Equals(inputs[index].Shape))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
