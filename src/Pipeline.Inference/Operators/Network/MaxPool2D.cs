using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The largest of each window of a picture NHWC; padding never wins.</summary>
/// <param name="Kernel">The size of the window.</param>
/// <param name="Strides">How far the window moves, down and across.</param>
public sealed record MaxPool2D(Extent2D Kernel, Extent2D Strides, Padding Padding) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
