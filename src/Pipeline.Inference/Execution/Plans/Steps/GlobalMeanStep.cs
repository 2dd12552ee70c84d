using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>The mean of each channel over the whole picture, from a blocked value into plain rows of channels or blocked pictures of one pixel.</summary>
internal sealed unsafe class GlobalMeanStep<TLanes> : PlanStep
    where TLanes : struct, ILanes<TLanes>
{
    public GlobalMeanStep(string name, PlanValue input, PlanValue output)
        : base(name, [input], [output])
    {
    }

    public override int Units => Inputs[0].Shape[0] * Inputs[0].Blocks;

    public override void Run(in PlanRun run, int share, int shares)
    {
        var input = Inputs[0];
        var shape = input.Shape;
        var means = stackalloc float[16];
        var (first, count) = Split(Units, share, shares);
        for (var unit = first; unit < first + count; unit++)
        {
            var (picture, block) = (unit / input.Blocks, unit % input.Blocks);
            var row = run.Pointer(input) + input.FirstPixel + (picture * input.Layout.PictureStride) + (block * input.Layout.BlockStride);
            var sum = TLanes.Create(0);
            for (var y = 0; y < shape[1]; y++, row += input.Layout.RowStride)
            {
                // One sum a row keeps more digits than one for the whole picture.
                var line = TLanes.Create(0);
                for (var x = 0; x < shape[2]; x++)
                {
                    line += TLanes.Load(row + (x * 16));
                }

                sum += line;
            }

            var mean = sum / TLanes.Create((float)shape[1] * shape[2]);
            var output = Outputs[0];
            if (output.IsBlocked)
            {
                mean.Store(run.Pointer(output) + output.PlaneStart(unit));
                continue;
            }

            mean.Store(means);
            var channel = block * 16;
            new ReadOnlySpan<float>(means, Math.Min(16, shape[3] - channel))
                .CopyTo(new Span<float>(run.Pointer(output) + ((long)picture * shape[3]) + channel, shape[3] - channel));
        }
    }
}
