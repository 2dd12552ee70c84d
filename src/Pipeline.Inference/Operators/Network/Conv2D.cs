using Pipeline.Inference.Execution;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Convolution. Inputs: picture NHWC, filter HWIO, optional bias of O elements. Groups follow from the shapes: C / I of them.</summary>
/// <param name="Strides">How far the window moves, down and across.</param>
/// <param name="Dilations">Distance of neighbouring taps.</param>
/// <param name="Activation">What results are clamped to.</param>
public sealed record Conv2D(Extent2D Strides, Extent2D Dilations, Padding Padding, ValueRange Activation) : SingleOutputOperator, IFloatKernel
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
        ConvolutionRules.CheckBias(inputs, filter[3]);
        CheckGroups(inputs, picture[3], filter[2], filter[3]);
        var (height, width) = ConvolutionRules.Count(inputs, Window(filter), picture);
        return new TensorType(inputs[0].DataType, PartialShape.Of(picture[0], height, width, filter[3]));
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
        var groups = picture.Shape[3] / filter.Shape[2];
        var bias = inputs.Count > 2 ? inputs.Elements<T>(2) : [];
        var convolution = new DirectConvolution(padded.Shape, filter.Shape, shape, Strides, Dilations, groups);
        convolution.Run<T>(padded.Elements<T>(), filter.Elements<T>(), result.Elements<T>(), context.CancellationToken);
        ChannelwiseEpilogue.Apply(result.Elements<T>(), bias, Activation);
        return result;
    }

    private static void CheckGroups(OperatorInputs inputs, int channels, int filterInputs, int filterOutputs)
    {
        if (channels < 0 || filterInputs < 0)
        {
            return;
        }

        var divides = channels > 0 && filterInputs > 0 && channels % filterInputs == 0;
        if (!divides || (filterOutputs >= 0 && filterOutputs % (channels / filterInputs) != 0))
        {
            throw inputs.Invalid(
                $"picture {inputs[0]} and filter {inputs[1]}: the channels must be a multiple of the filter's inputs, and its outputs of that multiple.");
        }
    }

    private PictureWindow Window(PartialShape filter) => new(new Extent2D(filter[0], filter[1]), Strides, Dilations, Padding);
}
