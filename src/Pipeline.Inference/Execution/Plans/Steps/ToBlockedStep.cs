using Pipeline.Inference.Graphs;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Turns a plain picture into blocks of channels, zeros in the lanes beyond the last channel.</summary>
internal sealed unsafe class ToBlockedStep : PlanStep
{
    public ToBlockedStep(PlanValue plain, PlanValue blocked)
        : base($"{plain.Name}/to blocks", [plain], [blocked])
    {
    }

    public override int Units => Outputs[0].Shape[0] * Outputs[0].Shape[1];

    public override void Run(in PlanRun run, int share, int shares)
    {
        var (value, shape) = (Outputs[0], Outputs[0].Shape);
        var source = run.Pointer(Inputs[0]);
        var target = run.Pointer(value) + value.FirstPixel;
        var channels = shape[3];
        var (first, count) = Split(Units, share, shares);
        for (var unit = first; unit < first + count; unit++)
        {
            var row = target + (unit / shape[1] * value.Layout.PictureStride) + (unit % shape[1] * value.Layout.RowStride);
            var pixels = source + ((long)unit * shape[2] * channels);
            for (var block = 0; block < value.Blocks; block++)
            {
                var lanes = Math.Min(Layout.BlockSize, channels - (block * Layout.BlockSize));
                var pixel = row + (block * value.Layout.BlockStride);
                for (var x = 0; x < shape[2]; x++, pixel += Layout.BlockSize)
                {
                    var all = new Span<float>(pixel, Layout.BlockSize);
                    new ReadOnlySpan<float>(pixels + ((long)x * channels) + (block * Layout.BlockSize), lanes).CopyTo(all);
                    all[lanes..].Clear();
                }
            }
        }
    }
}
