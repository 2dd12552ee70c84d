using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>A node that has no kernels of its own here: its operator's plain evaluation.</summary>
internal sealed class InterpretedStep : PlanStep
{
    private readonly Node _node;
    private readonly PlanValue?[] _values;
    private readonly RuntimeValue?[] _constants;

    /// <param name="values">One for each input of the node, plain; null for a constant.</param>
    /// <param name="outputs">One for each output of the node.</param>
    public InterpretedStep(Node node, PlanValue?[] values, IReadOnlyList<PlanValue> outputs)
        : base(node.Name, [.. values.OfType<PlanValue>()], outputs)
    {
        _node = node;
        _values = values;
        _constants = new RuntimeValue?[values.Length];
    }

    public string OperatorName => _node.Operator.Name;

    public override bool NeedsTensors => true;

    /// <summary>Must be called before the first run.</summary>
    public void Load(ConstantStore constants)
    {
        for (var index = 0; index < _values.Length; index++)
        {
            _constants[index] = _values[index] is null ? constants.Load(_node.Inputs[index].Constant!) : null;
        }
    }

    public override void Run(in PlanRun run, int share, int shares)
    {
        if (share > 0)
        {
            return;
        }

        var interpreted = run.Interpreted;
        interpreted.Context.Memory.Enter(_node);
        var inputs = new RuntimeValue[_values.Length];
        for (var index = 0; index < inputs.Length; index++)
        {
            inputs[index] = _values[index] is { } value ? interpreted.Get(value) : _constants[index]!;
        }

        var results = _node.Operator.Evaluate(OperatorInputs.OfRun(_node.Name, _node.Operator, inputs), interpreted.Context);
        for (var index = 0; index < results.Count; index++)
        {
            interpreted.Set(Outputs[index], results[index]);
        }
    }
}
