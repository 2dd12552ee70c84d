using Pipeline.Inference.Graphs;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>A picture whose pixels are pixels of another, or one number: padded, mirrored, resampled by the nearest pixel. Both are plain or both blocked.</summary>
internal sealed unsafe class PixelMapStep : PlanStep
{
    private readonly PixelMap _map;
    private readonly float _fill;

    /// <param name="fill">What pixels hold that are none of the source.</param>
    public PixelMapStep(string name, PixelMap map, float fill, PlanValue input, PlanValue output)
        : base(name, [input], [output])
    {
        _map = map;
        _fill = fill;
    }

    public override int Units => Outputs[0].Shape[0] * Outputs[0].Planes * Outputs[0].Shape[1];

    public override void Run(in PlanRun run, int share, int shares)
    {
        var (from, to) = (Inputs[0], Outputs[0]);
        var (rows, pixel) = (to.Shape[1], to.IsBlocked ? Layout.BlockSize : to.Shape[3]);
        var (first, count) = Split(Units, share, shares);
        for (var unit = first; unit < first + count; unit++)
        {
            var (plane, row) = (unit / rows, unit % rows);
            var target = run.Pointer(to) + to.PlaneStart(plane) + (row * to.Layout.RowStride);
            if (_map.Row(row) < 0)
            {
                new Span<float>(target, to.Shape[2] * pixel).Fill(_fill);
            }
            else
            {
                RunRow(run.Pointer(from) + from.PlaneStart(plane) + (_map.Row(row) * from.Layout.RowStride), target, pixel);
            }
        }
    }

    /// <param name="pixel">Floats of a pixel.</param>
    private void RunRow(float* source, float* target, int pixel)
    {
        foreach (var run in _map.Columns)
        {
            var span = new Span<float>(target, run.Count * pixel);
            if (run.Source < 0)
            {
                span.Fill(_fill);
            }
            else
            {
                new ReadOnlySpan<float>(source + ((long)run.Source * pixel), run.Count * pixel).CopyTo(span);
            }

            target += run.Count * pixel;
        }
    }
}
