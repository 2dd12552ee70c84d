using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The number of dimensions of the input, an Int32.</summary>
public sealed record RankOf : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs) => new(DataType.Int32, Shape.Scalar);

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        Tensor.Scalar(inputs.Value(0).Shape.Rank);
}
