using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>One convolution a channel. Inputs: picture NHWC, filter H W C M, optional bias of C·M elements; output channel c·M + m.</summary>
/// <param name="Strides">How far the window moves, down and across.</param>
/// <param name="Dilations">Distance of neighbouring taps.</param>
/// <param name="Activation">What results are clamped to.</param>
public sealed record DepthwiseConv2D(Extent2D Strides, Extent2D Dilations, Padding Padding, ValueRange Activation) : SingleOutputOperator
{
    public override InputRange InputRange => new(2, 3);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
