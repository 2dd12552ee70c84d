using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <content>Convolutions and products with constant weights.</content>
internal sealed partial class NodeSteps<TLanes>
{
    private const int FewChannels = 8;

    private bool TryConvolution(Node node, Conv2D convolution)
    {
        var input = node.Inputs[0];
        if (!IsPicture(input) || node.Inputs[1].Constant is not NumericConstantSource weights || convolution.Padding.Mode == PaddingMode.Same
            || !HasKernels(convolution.Function) || !IsConstantBias(node) || IsEmpty(node, weights)
            || (node.Inputs.Count > 3 && !IsPicture(node.Inputs[3])))
        {
            return false;
        }

        if (weights.Shape[2] != input.Shape[3])
        {
            return node.Inputs.Count < 4 && TryGroups(node, convolution, weights);
        }

        var residual = node.Inputs.Count > 3 ? _builder.Blocked(node.Inputs[3]) : null;
        var readsRows = input.Shape[3] <= FewChannels && !_builder.IsBlocked(input) && convolution.Dilations.Width == 1;
        var source = readsRows ? Bordered(node, convolution.Padding) : _builder.Blocked(input);
        var target = _builder.MakeBlocked(node.Outputs[0]);
        var window = Window(weights, convolution.Strides, convolution.Dilations, convolution.Padding);
        var sizes = readsRows
            ? ConvolutionSizing.OfRows(source, target, window, convolution.Activation)
            : ConvolutionSizing.OfBlocks(source, target, window, convolution.Activation);
        sizes = sizes with { Function = convolution.Function };
        _builder.Add(new ConvolutionStep(node.Name, sizes, _builder.Packer.Panels(weights), Row(node, Bias, target.Shape[3]), source, target, residual));
        return true;
    }

    private bool TryDepthwise(Node node, DepthwiseConv2D convolution)
    {
        var input = node.Inputs[0];
        if (!IsPicture(input) || node.Inputs[1].Constant is not NumericConstantSource weights || convolution.Padding.Mode == PaddingMode.Same
            || !HasKernels(convolution.Function) || !IsConstantBias(node) || IsEmpty(node, weights))
        {
            return false;
        }

        var source = weights.Shape[3] > 1 ? Repeated(node, weights.Shape[3], convolution.Padding) : _builder.Blocked(input);
        var target = _builder.MakeBlocked(node.Outputs[0]);
        var window = Window(weights, convolution.Strides, convolution.Dilations, convolution.Padding);
        var sizes = ConvolutionSizing.OfChannels(source, target, window, convolution.Activation) with { Function = convolution.Function };
        _builder.Add(new DepthwiseStep(node.Name, sizes, _builder.Packer.Taps(weights), Row(node, Bias, target.Shape[3]), source, target));
        return true;
    }

    private PlanValue Bordered(Node node, Padding padding)
    {
        var plain = _builder.Plain(node.Inputs[0]);
        if (padding is { Top: 0, Bottom: 0, Left: 0, Right: 0 })
        {
            return plain;
        }

        var shape = Shape.Of(
            plain.Shape[0], plain.Shape[1] + padding.Top + padding.Bottom, plain.Shape[2] + padding.Left + padding.Right, plain.Shape[3]);
        var bordered = new PlanValue($"{node.Name}/bordered", shape, Layout.Plain(shape));
        _builder.Add(new BorderStep(plain, bordered, padding.Top, padding.Left));
        return bordered;
    }

    private static bool IsEmpty(Node node, NumericConstantSource weights) =>
        weights.Shape.ElementCount == 0 || node.Outputs[0].Shape.ToShape().ElementCount == 0;

    private static bool HasKernels(UnaryFunction? function) => function is not { } found || RowFunction.Has(found);

    private static bool IsConstantBias(Node node) => node.Inputs.Count < 3 || node.Inputs[2].Constant is NumericConstantSource;
}
