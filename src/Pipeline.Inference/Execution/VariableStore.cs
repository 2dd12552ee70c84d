using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>What the variables of one session hold. Used by one run at a time.</summary>
internal sealed class VariableStore
{
    private readonly Dictionary<GraphVariable, RuntimeValue> _values;

    public VariableStore(IReadOnlyList<GraphVariable> variables)
    {
        _values = variables.ToDictionary(v => v, v => v.InitialValue.Load());
    }

    /// <summary>What all variables hold now.</summary>
    public IReadOnlyCollection<RuntimeValue> Values => _values.Values;

    public RuntimeValue this[GraphVariable variable]
    {
        get => _values[variable];
        set => _values[variable] = value;
    }
}
