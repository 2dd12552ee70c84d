using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <content>Convolutions in groups, and depthwise ones with several results a channel.</content>
internal sealed partial class NodeSteps<TLanes>
{
    // A step a group: beyond these, steps cost more than they compute.
    private const int MostGroups = 1024;

    /// <summary>A convolution of each group of channels. What begins within a block is read from plain rows, and put in its place when all are there.</summary>
    private bool TryGroups(Node node, Conv2D convolution, NumericConstantSource weights)
    {
        var (input, inputs, outputs) = (node.Inputs[0], weights.Shape[2], weights.Shape[3]);
        var groups = input.Shape[3] / inputs;
        if (groups > MostGroups)
        {
            return false;
        }

        var each = outputs / groups;
        var window = Window(weights, convolution.Strides, convolution.Dilations, convolution.Padding);
        var readsBlocks = inputs % Layout.BlockSize == 0;
        var source = readsBlocks ? _builder.Blocked(input) : Bordered(node, convolution.Padding);
        var isWhole = each % Layout.BlockSize == 0;
        var target = isWhole ? _builder.MakeBlocked(node.Outputs[0]) : Scratch(node, groups * PlanValue.BlocksOf(each) * Layout.BlockSize);
        var packed = _builder.Packer.GroupPanels(weights, groups);
        var bias = _builder.Packer.GroupVector(node.Inputs.Count > 2 ? node.Inputs[2].Constant : null, outputs, groups);
        var parts = new PlanValue[groups];
        for (var group = 0; group < groups; group++)
        {
            parts[group] = target.Part(group * PlanValue.BlocksOf(each), each);
            var part = readsBlocks ? source.Part(group * (inputs / Layout.BlockSize), inputs) : source;
            var sizes = readsBlocks
                ? ConvolutionSizing.OfBlocks(part, parts[group], window, convolution.Activation)
                : ConvolutionSizing.OfChannelsOfRows(part, group * inputs, inputs, parts[group], window, convolution.Activation);
            _builder.Add(new ConvolutionStep(
                node.Name, sizes with { Function = convolution.Function }, packed.Part(group, groups), bias.Part(group, groups), part, parts[group], null));
        }

        if (!isWhole)
        {
            _builder.Add(new ConcatStep($"{node.Name}/join", parts, _builder.MakeBlocked(node.Outputs[0])));
        }

        return true;
    }

    /// <summary>What a depthwise convolution reads, each channel as often as it has results.</summary>
    private PlanValue Repeated(Node node, int times, Padding padding)
    {
        var input = node.Inputs[0];
        var source = _builder.IsBlocked(input) ? _builder.Blocked(input) : _builder.Plain(input);
        var shape = Shape.Of(source.Shape[0], source.Shape[1], source.Shape[2], checked(source.Shape[3] * times));
        var halo = new Halo(padding.Top, padding.Left, padding.Bottom, padding.Right);
        var repeated = new PlanValue($"{node.Name}/repeated", shape, Layout.Blocked16(shape, halo, 0));
        if (halo != default)
        {
            _builder.Add(new HaloStep(repeated));
        }

        _builder.Add(new RepeatChannelsStep(repeated.Name, source, repeated));
        return repeated;
    }

    private static PlanValue Scratch(Node node, int channels)
    {
        var output = node.Outputs[0].Shape;
        var shape = Shape.Of(output[0], output[1], output[2], channels);
        return new PlanValue($"{node.Name}/groups", shape, Layout.Blocked16(shape, default, 0));
    }

    private static PictureWindow Window(NumericConstantSource weights, Extent2D strides, Extent2D dilations, Padding padding) =>
        new(new Extent2D(weights.Shape[0], weights.Shape[1]), strides, dilations, padding);
}
