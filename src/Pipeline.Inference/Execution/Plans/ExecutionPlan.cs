using System.Runtime.InteropServices;
using Pipeline.Inference.Execution.Plans.Threads;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>A graph compiled for concrete input shapes: steps over one arena. Immutable, so any number of runs may go on at a time, each with an arena of its own.</summary>
internal sealed unsafe class ExecutionPlan
{
    /// <summary>A plan has no more inputs: each takes a little of the stack.</summary>
    public const int MaxInputs = 64;

    private const int Line = 64;

    private readonly IReadOnlyList<PlanValue> _inputs;
    private readonly IReadOnlyList<PlanValue> _outputs;
    private readonly PlanResources _resources;
    private readonly int _heldValues;
    private readonly bool _interprets;
    private readonly Schedule _schedule;

    /// <param name="arenaBytes">What the arena planner said.</param>
    /// <param name="heldValues">How many values are held outside the arena.</param>
    public ExecutionPlan(
        IReadOnlyList<PlanStep> steps, IReadOnlyList<PlanValue> inputs, IReadOnlyList<PlanValue> outputs, int arenaBytes, int heldValues, PlanResources resources)
    {
        Steps = steps;
        _inputs = inputs;
        _outputs = outputs;
        ArenaBytes = checked(arenaBytes + Line);
        _heldValues = heldValues;
        _resources = resources;
        _schedule = new Schedule(steps, resources);
        _interprets = steps.Any(step => step.NeedsTensors);
    }

    /// <summary>In the order in which they run.</summary>
    public IReadOnlyList<PlanStep> Steps { get; }

    /// <summary>Bytes that one run takes beside its inputs and results.</summary>
    public int ArenaBytes { get; }

    /// <summary>Runs into results of its own.</summary>
    /// <inheritdoc cref="Run(RuntimeValue[], RuntimeValue?[], StepClock?, CancellationToken)"/>
    /// <returns>In the order of the graph's outputs.</returns>
    public RuntimeValue[] Run(RuntimeValue[] inputs, CancellationToken cancellationToken)
    {
        var results = new RuntimeValue[_outputs.Count];
        Run(inputs, results, null, cancellationToken);
        return results;
    }

    /// <param name="inputs">In the order of the graph's inputs, of the types and shapes that the plan is for.</param>
    /// <param name="results">In the order of the graph's outputs: nothing, or what an earlier run of this plan put there, which is written over where it can be.</param>
    /// <param name="clock">Notes the steps; null: nobody wants to know.</param>
    /// <param name="cancellationToken">Looked at between steps and every few milliseconds within them.</param>
    public void Run(RuntimeValue[] inputs, RuntimeValue?[] results, StepClock? clock, CancellationToken cancellationToken)
    {
        var arena = _resources.Arenas.Rent(ArenaBytes);
        try
        {
            var pointers = stackalloc float*[MaxInputs];
            Pin(inputs, 0, pointers, arena, results, clock, cancellationToken);
        }
        finally
        {
            _resources.Arenas.Return(arena);

            // Steps read weights by pointer.
            GC.KeepAlive(this);
        }
    }

    /// <summary>Fixes one input after the other, so that pinning allocates nothing.</summary>
    private void Pin(
        RuntimeValue[] inputs, int index, float** pointers, byte[] arena, RuntimeValue?[] results, StepClock? clock, CancellationToken cancellationToken)
    {
        if (index == inputs.Length)
        {
            Run(inputs, pointers, arena, results, clock, cancellationToken);
            return;
        }

        if (inputs[index] is not Tensor tensor)
        {
            Pin(inputs, index + 1, pointers, arena, results, clock, cancellationToken);
            return;
        }

        fixed (byte* bytes = tensor.Bytes)
        {
            pointers[index] = (float*)bytes;
            Pin(inputs, index + 1, pointers, arena, results, clock, cancellationToken);
        }
    }

    private void Run(RuntimeValue[] inputs, float** pointers, byte[] arena, RuntimeValue?[] results, StepClock? clock, CancellationToken cancellationToken)
    {
        var address = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(arena, 0);
        var start = (address + Line - 1) & -Line;
        var run = new PlanRun((float*)start, pointers, _interprets ? Interpret(inputs, arena, (int)(start - address), cancellationToken) : null);
        _schedule.Run(in run, clock, cancellationToken);
        for (var index = 0; index < results.Length; index++)
        {
            results[index] = Collect(in run, _outputs[index], results[index]);
        }
    }

    private InterpretedRun Interpret(RuntimeValue[] inputs, byte[] arena, int start, CancellationToken cancellationToken)
    {
        var memory = new RunMemory(_resources.MaxRunBytes - ArenaBytes);
        var context = new EvaluationContext(memory, new VariableStore([]), cancellationToken);
        var interpreted = new InterpretedRun(arena, start, inputs, _heldValues, context);
        for (var index = 0; index < inputs.Length; index++)
        {
            if (_inputs[index].Held is not null)
            {
                interpreted.Hold(_inputs[index], inputs[index]);
            }
        }

        return interpreted;
    }

    /// <param name="earlier">What an earlier run gave.</param>
    /// <returns>In memory that neither inputs nor constants share.</returns>
    private static RuntimeValue Collect(in PlanRun run, PlanValue output, RuntimeValue? earlier)
    {
        if (output.Held is not null)
        {
            var held = run.Interpreted.Get(output);
            return held is Tensor numbers ? numbers.Copy() : held;
        }

        var tensor = earlier as Tensor ?? Tensor.Uninitialized(DataType.Float32, output.Shape);
        new ReadOnlySpan<float>(run.Pointer(output), output.Shape.ElementCount).CopyTo(tensor.Elements<float>());
        return tensor;
    }
}
