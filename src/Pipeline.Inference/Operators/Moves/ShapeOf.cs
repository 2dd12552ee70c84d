using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The dimensions of the input as a vector.</summary>
/// <param name="OutputType">Int32 or Int64.</param>
public sealed record ShapeOf(DataType OutputType) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs) =>
        OutputType is DataType.Int32 or DataType.Int64
            ? new TensorType(OutputType, inputs[0].Shape.HasRank ? PartialShape.Of(inputs[0].Shape.Dimensions.Length) : PartialShape.OfRank(1))
            : throw inputs.Unsupported($"results of type {OutputType}.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        Conversion.To(OutputType, Tensor.From<int>(shape, [.. inputs.Value(0).Shape.Dimensions]), context);
}
