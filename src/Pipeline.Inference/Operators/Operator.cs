using System.Text;
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

    /// <summary>Whether the outputs depend on more than the inputs: then a node is never evaluated ahead of a run.</summary>
    public virtual bool DependsOnState => false;

    /// <summary>The types of the outputs, as far as the inputs tell; inputs whose values are all known tell all there is.</summary>
    /// <exception cref="Graphs.InvalidNodeException">The inputs contradict the operator.</exception>
    /// <exception cref="Graphs.UnsupportedNodeException">The inputs are legal, but not implemented.</exception>
    public IReadOnlyList<TensorType> Infer(OperatorInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        InputRange.Check(inputs);
        return Named(inputs, () =>
        {
            var types = InferOutputs(inputs);
            foreach (var type in types)
            {
                type.Shape.TryGetShape(out _);
            }

            return types;
        });
    }

    /// <summary>The outputs for inputs whose values are all known, and which are of the types that <see cref="Infer"/> gives for these.</summary>
    /// <exception cref="Graphs.InvalidNodeException">The inputs contradict the operator.</exception>
    /// <exception cref="Graphs.UnsupportedNodeException">The inputs are legal, but not implemented.</exception>
    internal IReadOnlyList<RuntimeValue> Evaluate(OperatorInputs inputs, EvaluationContext context) =>
        Named(inputs, () => EvaluateOutputs(inputs, Infer(inputs), context));

    /// <summary>The text of an operator holds its attributes only.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary><see cref="Infer"/> behind the check of the number of inputs.</summary>
    private protected abstract IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs);

    /// <summary><see cref="Evaluate"/> behind the inference of <paramref name="types"/>.</summary>
    private protected abstract IReadOnlyList<RuntimeValue> EvaluateOutputs(
        OperatorInputs inputs, IReadOnlyList<TensorType> types, EvaluationContext context);

    /// <summary>Sizes that are too large become an error that names the node.</summary>
    private static T Named<T>(OperatorInputs inputs, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (InvalidShapeException exception)
        {
            throw inputs.Invalid(exception.Message);
        }
        catch (OverflowException)
        {
            throw inputs.Invalid("a size does not fit into its integer.");
        }
    }
}
