using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution;

/// <summary>What an operator may use while it is evaluated.</summary>
internal sealed class EvaluationContext
{
    public EvaluationContext(CancellationToken cancellationToken)
    {
        CancellationToken = cancellationToken;
    }

    public CancellationToken CancellationToken { get; }

    /// <summary>A tensor to be written, not cleared.</summary>
    public Tensor Allocate(DataType dataType, Shape shape)
    {
        CancellationToken.ThrowIfCancellationRequested();
        return Tensor.Uninitialized(dataType, shape);
    }
}
