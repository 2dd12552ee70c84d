using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The number of elements of the input.</summary>
/// <param name="OutputType">Int32 or Int64.</param>
public sealed record SizeOf(DataType OutputType) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs) =>
        OutputType is DataType.Int32 or DataType.Int64
            ? new TensorType(OutputType, Shape.Scalar)
            : throw inputs.Unsupported($"results of type {OutputType}.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        Conversion.To(OutputType, Tensor.From<int>(shape, [inputs.Value(0).Shape.ElementCount]), context);
}
