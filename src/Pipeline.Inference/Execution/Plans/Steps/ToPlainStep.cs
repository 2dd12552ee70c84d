using Pipeline.Inference.Graphs;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Turns blocks of channels into a plain picture.</summary>
internal sealed unsafe class ToPlainStep : PlanStep
{
    public ToPlainStep(PlanValue blocked, PlanValue plain)
        : base($"{plain.Name}/to plain", [blocked], [plain])
    {
    }

    public override int Units => Inputs[0].Shape[0] * Inputs[0].Shape[1];

    public override void Run(in PlanRun run, int share, int shares)
    {
        var (value, shape) = (Inputs[0], Inputs[0].Shape);
        var source = run.Pointer(value) + value.FirstPixel;
        var target = run.Pointer(Outputs[0]);
        var channels = shape[3];
        var (first, count) = Split(Units, share, shares);
        for (var unit = first; unit < first + count; unit++)
        {
            var row = source + (unit / shape[1] * value.Layout.PictureStride) + (unit % shape[1] * value.Layout.RowStride);
            var pixels = target + ((long)unit * shape[2] * channels);
            for (var block = 0; block < value.Blocks; block++)
            {
                var lanes = Math.Min(Layout.BlockSize, channels - (block * Layout.BlockSize));
                var pixel = row + (block * value.Layout.BlockStride);
                for (var x = 0; x < shape[2]; x++, pixel += Layout.BlockSize)
                {
                    new ReadOnlySpan<float>(pixel, lanes).CopyTo(new Span<float>(pixels + ((long)x * channels) + (block * Layout.BlockSize), lanes));
                }
            }
        }
    }
}
