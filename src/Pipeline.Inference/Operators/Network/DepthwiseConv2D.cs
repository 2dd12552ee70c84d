using Pipeline.Inference.Execution;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>One convolution a channel. Inputs: picture NHWC, filter H W C M, optional bias of C·M elements; output channel c·M + m.</summary>
/// <param name="Strides">How far the window moves, down and across.</param>
/// <param name="Dilations">Distance of neighbouring taps.</param>
/// <param name="Activation">What results are clamped to.</param>
public sealed record DepthwiseConv2D(Extent2D Strides, Extent2D Dilations, Padding Padding, ValueRange Activation)
    : SingleOutputOperator, IFloatKernel
{
    /// <summary>Applied to each result behind the clamp; null, the default: nothing is.</summary>
    public UnaryFunction? Function { get; init; }

    public override InputRange InputRange => new(2, 3);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireFloatingPoint(0);
        inputs.RequireSameType(1);
        inputs.RequireRank(0, 4);
        inputs.RequireRank(1, 4);
        var picture = inputs[0].Shape.OrRank(4);
        var filter = inputs[1].Shape.OrRank(4);
        var channels = inputs.Unify(picture[3], filter[2], "the number of channels");
        var outputs = channels < 0 || filter[3] < 0 ? PartialShape.UnknownDimension : inputs.Dimension((long)channels * filter[3]);
        ConvolutionRules.CheckBias(inputs, outputs);
        var (height, width) = ConvolutionRules.Count(inputs, Window(filter), picture);
        return new TensorType(inputs[0].DataType, PartialShape.Of(picture[0], height, width, outputs));
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        FollowingFunction.Apply(Function, TypeDispatch.Run(this, inputs, shape, context), inputs, context);

    Tensor IFloatKernel.Run<T>(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var picture = inputs.Tensor(0);
        var filter = inputs.Tensor(1);
        var result = context.Allocate(picture.DataType, shape);
        if (shape.ElementCount == 0)
        {
            return result;
        }

        var padded = BorderedPicture.Of(picture, Window(filter.Shape), shape, context);
        var convolution = new DepthwiseConvolution(padded.Shape, filter.Shape, shape, Strides, Dilations);
        convolution.Run<T>(padded.Elements<T>(), filter.Elements<T>(), result.Elements<T>(), context.CancellationToken);
        ChannelwiseEpilogue.Apply(result.Elements<T>(), inputs.Count > 2 ? inputs.Elements<T>(2) : [], Activation);
        return result;
    }

    private PictureWindow Window(PartialShape filter) => new(new Extent2D(filter[0], filter[1]), Strides, Dilations, Padding);
}
