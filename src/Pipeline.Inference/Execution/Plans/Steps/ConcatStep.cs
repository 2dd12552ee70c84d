using Pipeline.Inference.Graphs;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Joins blocked values along their channels.</summary>
internal sealed unsafe class ConcatStep : PlanStep
{
    private readonly int[] _channels;

    public ConcatStep(string name, IReadOnlyList<PlanValue> inputs, PlanValue output)
        : this(name, inputs, FirstChannels(inputs), output)
    {
    }

    /// <param name="channels">The channel of the output at which each input comes to lie; others are there already.</param>
    public ConcatStep(string name, IReadOnlyList<PlanValue> inputs, int[] channels, PlanValue output)
        : base(name, inputs, [output])
    {
        _channels = channels;
    }

    public override int Units => Outputs[0].Shape[0] * Inputs.Max(input => input.Blocks);

    public override void Run(in PlanRun run, int share, int shares)
    {
        var output = Outputs[0];
        for (var index = 0; index < Inputs.Count; index++)
        {
            var input = Inputs[index];
            var (first, count) = Split(input.Shape[0] * input.Blocks, share, shares);
            for (var unit = first; unit < first + count; unit++)
            {
                var (picture, block) = (unit / input.Blocks, unit % input.Blocks);
                var channel = block * Layout.BlockSize;
                var source = run.Pointer(input) + input.FirstPixel + (picture * input.Layout.PictureStride) + (block * input.Layout.BlockStride);
                var target = run.Pointer(output) + output.FirstPixel + (picture * output.Layout.PictureStride);
                Copy(input, source, _channels[index] + channel, Math.Min(Layout.BlockSize, input.Shape[3] - channel), target);
            }
        }
    }

    private static int[] FirstChannels(IReadOnlyList<PlanValue> inputs)
    {
        var channels = new int[inputs.Count];
        for (var index = 1; index < channels.Length; index++)
        {
            channels[index] = channels[index - 1] + inputs[index - 1].Shape[3];
        }

        return channels;
    }

    /// <summary>The channels of a block may come to lie in two.</summary>
    /// <param name="channel">Where the first comes to lie.</param>
    /// <param name="channels">How many of the block's lanes are channels.</param>
    private void Copy(PlanValue input, float* source, int channel, int channels, float* target)
    {
        var layout = Outputs[0].Layout;
        var lane = channel % Layout.BlockSize;
        target += channel / Layout.BlockSize * layout.BlockStride;
        var width = input.Shape[2] * Layout.BlockSize;
        for (var y = 0; y < input.Shape[1]; y++, source += input.Layout.RowStride, target += layout.RowStride)
        {
            if (channels == Layout.BlockSize && lane == 0)
            {
                new ReadOnlySpan<float>(source, width).CopyTo(new Span<float>(target, width));
                continue;
            }

            var before = Math.Min(channels, Layout.BlockSize - lane);
            var after = channels - before;
            for (var x = 0; x < width; x += Layout.BlockSize)
            {
                new ReadOnlySpan<float>(source + x, before).CopyTo(new Span<float>(target + x + lane, before));
                new ReadOnlySpan<float>(source + x + before, after).CopyTo(new Span<float>(target + x + layout.BlockStride, after));
            }
        }
    }
}
