using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// What a node computes: the engine's own set, shared by all file formats. A record of its attributes; pictures are NHWC. An operator is
/// both its rules (how types follow from types) and its plain evaluation, which is the reference for anything faster.
/// </summary>
public abstract record Operator
{
    /// <summary>For messages.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>How many inputs a node may have.</summary>
    public abstract InputRange InputRange { get; }

    /// <summary>Whether a node must run even when nobody uses its outputs, and in its place.</summary>
    public virtual bool HasSideEffects => false;

    /// <summary>The types of the outputs, as far as the inputs tell; concrete inputs whose values are known tell all there is.</summary>
    /// <exception cref="Graphs.InvalidNodeException">The inputs contradict the operator.</exception>
    /// <exception cref="Graphs.UnsupportedNodeException">The inputs are legal, but not implemented.</exception>
    public IReadOnlyList<TensorType> Infer(OperatorInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        InputRange.Check(inputs);
        return InferOutputs(inputs);
    }

    /// <summary><see cref="Infer"/> behind the check of the number of inputs.</summary>
    private protected abstract IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs);

    /// <summary>The outputs for inputs whose values are all known.</summary>
    internal abstract IReadOnlyList<RuntimeValue> Evaluate(OperatorInputs inputs, EvaluationContext context);
}
