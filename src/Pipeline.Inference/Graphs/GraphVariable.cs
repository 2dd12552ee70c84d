using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Graphs;

/// <summary>A variable that a node of the graph assigns: state of a session. Variables that nobody assigns are constants instead.</summary>
public sealed class GraphVariable
{
    internal GraphVariable(string name, TensorType type, ConstantSource initialValue)
    {
        Name = name;
        Type = type;
        InitialValue = initialValue;
    }

    public string Name { get; }

    /// <summary>What every assigned value must fit.</summary>
    public TensorType Type { get; }

    public ConstantSource InitialValue { get; }

    public override string ToString() => $"{Name}: {Type}";
}
