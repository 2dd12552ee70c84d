using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>A picture resampled by weighted means of four neighbours, the two of a row first. Both values are plain or both blocked.</summary>
internal sealed unsafe class BilinearStep<TLanes> : PlanStep
    where TLanes : struct, ILanes<TLanes>
{
    private readonly LinearTap[] _rows;
    private readonly LinearTap[] _columns;

    public BilinearStep(string name, SamplingGrid grid, PlanValue input, PlanValue output)
        : base(name, [input], [output])
    {
        _rows = LinearTap.Of(grid, input.Shape[1], output.Shape[1]);
        _columns = LinearTap.Of(grid, input.Shape[2], output.Shape[2]);
    }

    public override int Units => Outputs[0].Shape[0] * Outputs[0].Planes * Outputs[0].Shape[1];

    public override void Run(in PlanRun run, int share, int shares)
    {
        var (from, to) = (Inputs[0], Outputs[0]);
        var (first, count) = Split(Units, share, shares);
        for (var unit = first; unit < first + count; unit++)
        {
            var (plane, tap) = (unit / _rows.Length, _rows[unit % _rows.Length]);
            var source = run.Pointer(from) + from.PlaneStart(plane);
            var upper = source + (tap.Lower * from.Layout.RowStride);
            var lower = source + (tap.Upper * from.Layout.RowStride);
            var target = run.Pointer(to) + to.PlaneStart(plane) + (unit % _rows.Length * to.Layout.RowStride);
            if (to.IsBlocked)
            {
                RunBlocks(upper, lower, tap.Fraction, target);
            }
            else
            {
                RunPixels(upper, lower, tap.Fraction, target);
            }
        }
    }

    private void RunBlocks(float* upper, float* lower, float fraction, float* target)
    {
        var down = TLanes.Create(fraction);
        foreach (var tap in _columns)
        {
            var (left, right, across) = (tap.Lower * Layout.BlockSize, tap.Upper * Layout.BlockSize, TLanes.Create(tap.Fraction));
            var top = Between(TLanes.Load(upper + left), TLanes.Load(upper + right), across);
            var bottom = Between(TLanes.Load(lower + left), TLanes.Load(lower + right), across);
            Between(top, bottom, down).Store(target);
            target += Layout.BlockSize;
        }
    }

    private void RunPixels(float* upper, float* lower, float down, float* target)
    {
        var channels = Outputs[0].Shape[3];
        foreach (var tap in _columns)
        {
            var (left, right) = ((long)tap.Lower * channels, (long)tap.Upper * channels);
            for (var channel = 0; channel < channels; channel++, left++, right++)
            {
                var top = upper[left] + ((upper[right] - upper[left]) * tap.Fraction);
                var bottom = lower[left] + ((lower[right] - lower[left]) * tap.Fraction);
                target[channel] = top + ((bottom - top) * down);
            }

            target += channels;
        }
    }

    private static TLanes Between(TLanes first, TLanes second, TLanes fraction) => first + ((second - first) * fraction);
}
