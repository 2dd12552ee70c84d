namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Fills the halo of a blocked value before its pixels are written: the arena's memory held something else before.</summary>
internal sealed unsafe class HaloStep : PlanStep
{
    public HaloStep(PlanValue value)
        : base($"{value.Name}/halo", [], [value])
    {
    }

    public override int Units => Outputs[0].Shape[0] * Outputs[0].Blocks;

    public override void Run(in PlanRun run, int share, int shares)
    {
        var value = Outputs[0];
        var layout = value.Layout;
        var rows = value.Shape[1];
        var inner = value.Shape[2] * Graphs.Layout.BlockSize;
        var before = layout.Halo.Left * Graphs.Layout.BlockSize;
        var after = layout.Halo.Right * Graphs.Layout.BlockSize;
        var (first, count) = Split(Units, share, shares);
        for (var unit = first; unit < first + count; unit++)
        {
            var block = run.Pointer(value) + (unit / value.Blocks * layout.PictureStride) + (unit % value.Blocks * layout.BlockStride);
            Fill(block, layout.Halo.Top * layout.RowStride, layout.Fill);
            block += layout.Halo.Top * layout.RowStride;
            for (var row = 0; row < rows; row++, block += layout.RowStride)
            {
                Fill(block, before, layout.Fill);
                Fill(block + before + inner, after, layout.Fill);
            }

            Fill(block, layout.Halo.Bottom * layout.RowStride, layout.Fill);
        }
    }

    private static void Fill(float* start, long length, float value) => new Span<float>(start, (int)length).Fill(value);
}
