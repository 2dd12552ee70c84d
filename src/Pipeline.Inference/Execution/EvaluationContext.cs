using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>What an operator may use while it is evaluated, within one run.</summary>
internal sealed class EvaluationContext
{
    public EvaluationContext(RunMemory memory, VariableStore variables, CancellationToken cancellationToken)
    {
        Memory = memory;
        Variables = variables;
        CancellationToken = cancellationToken;
    }

    public RunMemory Memory { get; }

    public VariableStore Variables { get; }

    /// <summary>Notes the nodes of a run that is interpreted as a whole; null: nobody wants to know.</summary>
    public StepClock? Clock { get; init; }

    /// <summary>Looked at by kernels at least every few milliseconds.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>A tensor to be written, not cleared.</summary>
    /// <exception cref="MemoryLimitExceededException">The run would take too much memory.</exception>
    public Tensor Allocate(DataType dataType, Shape shape)
    {
        Memory.Reserve(dataType, shape);
        return Tensor.Uninitialized(dataType, shape);
    }

    /// <summary>A tensor of zeros.</summary>
    /// <inheritdoc cref="Allocate"/>
    public Tensor AllocateZeros(DataType dataType, Shape shape)
    {
        Memory.Reserve(dataType, shape);
        return Tensor.Zeros(dataType, shape);
    }

    /// <summary>A value to be written of any type that can be moved element by element.</summary>
    /// <inheritdoc cref="Allocate"/>
    public RuntimeValue AllocateMovable(DataType dataType, Shape shape)
    {
        if (dataType != DataType.String)
        {
            return Allocate(dataType, shape);
        }

        Memory.Reserve(dataType, shape);
        return StringTensor.Empty(shape);
    }
}
