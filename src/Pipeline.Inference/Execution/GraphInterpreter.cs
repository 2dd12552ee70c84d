using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>
/// Runs a graph node by node with shapes as they come, in plain arithmetic and element order: the reference that everything faster is
/// compared with. Immutable after construction, so any number of runs may go on at a time.
/// </summary>
internal sealed class GraphInterpreter
{
    private readonly Step[] _steps;
    private readonly RuntimeValue?[] _template;
    private readonly int[] _inputSlots;
    private readonly int[] _outputSlots;

    /// <param name="constants">The loaded constants of <paramref name="graph"/>.</param>
    public GraphInterpreter(Graph graph, IReadOnlyDictionary<Value, RuntimeValue> constants)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(constants);
        var slots = new Dictionary<Value, int>(ReferenceEqualityComparer.Instance);
        int SlotOf(Value value)
        {
            if (!slots.TryGetValue(value, out var slot))
            {
                slot = slots.Count;
                slots.Add(value, slot);
            }

            return slot;
        }

        _inputSlots = [.. graph.Inputs.Select(SlotOf)];
        var steps = graph.Nodes
            .Select(n => (Node: n, Inputs: n.Inputs.Select(SlotOf).ToArray(), Outputs: n.Outputs.Select(SlotOf).ToArray()))
            .ToArray();
        _outputSlots = [.. graph.Outputs.Select(o => SlotOf(o.Value))];

        _template = new RuntimeValue?[slots.Count];
        var kept = new HashSet<int>(_outputSlots);
        foreach (var (value, slot) in slots)
        {
            if (value.Constant is not null)
            {
                _template[slot] = constants[value];
                kept.Add(slot);
            }
        }

        _steps = new Step[steps.Length];
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            var (node, inputs, outputs) = steps[i];
            int[] dead = [.. inputs.Concat(outputs).Where(kept.Add)];
            _steps[i] = new Step(node, inputs, outputs, dead);
        }
    }

    /// <param name="inputs">In the order of the graph's inputs, checked already.</param>
    /// <returns>In the order of the graph's outputs.</returns>
    public RuntimeValue[] Run(IReadOnlyList<RuntimeValue> inputs, EvaluationContext context)
    {
        var slots = (RuntimeValue?[])_template.Clone();
        for (var i = 0; i < _inputSlots.Length; i++)
        {
            slots[_inputSlots[i]] = inputs[i];
            context.Memory.Hold(inputs[i]);
        }

        context.Clock?.Start();
        foreach (var step in _steps)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            RunStep(step, slots, context);
            context.Clock?.Note(step.Node);
        }

        return [.. _outputSlots.Select(s => slots[s]!)];
    }

    private static void RunStep(Step step, RuntimeValue?[] slots, EvaluationContext context)
    {
        var node = step.Node;
        context.Memory.Enter(node);
        var inputs = new RuntimeValue[step.Inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = slots[step.Inputs[i]]!;
        }

        var outputs = node.Operator.Evaluate(OperatorInputs.OfRun(node.Name, node.Operator, inputs), context);
        for (var i = 0; i < outputs.Count; i++)
        {
            slots[step.Outputs[i]] = outputs[i];
            context.Memory.Hold(outputs[i]);
        }

        foreach (var dead in step.Dead)
        {
            context.Memory.Release(slots[dead]!);
            slots[dead] = null;
        }
    }

    /// <summary>One node, where its values stand, and which of them nobody needs afterwards.</summary>
    private readonly record struct Step(Node Node, int[] Inputs, int[] Outputs, int[] Dead);
}
