using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Convolution. Inputs: picture NHWC, filter HWIO, optional bias of O elements. Groups follow from the shapes: C / I of them.</summary>
/// <param name="Strides">How far the window moves, down and across.</param>
/// <param name="Dilations">Distance of neighbouring taps.</param>
/// <param name="Activation">What results are clamped to.</param>
public sealed record Conv2D(Extent2D Strides, Extent2D Dilations, Padding Padding, ValueRange Activation) : SingleOutputOperator
{
    public override InputRange InputRange => new(2, 3);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
