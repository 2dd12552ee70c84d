using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>The largest or the mean of each window of a blocked value; cells outside the picture are not looked at. A NaN makes its window NaN.</summary>
internal sealed unsafe class PoolStep<TLanes> : PlanStep
    where TLanes : struct, ILanes<TLanes>
{
    private readonly PictureWindow _window;
    private readonly bool _mean;
    private readonly int _top;
    private readonly int _left;

    public PoolStep(string name, PictureWindow window, bool mean, PlanValue input, PlanValue output)
        : base(name, [input], [output])
    {
        _window = window;
        _mean = mean;
        (_top, _left) = window.Border(input.Shape, output.Shape);
    }

    public override int Units => Outputs[0].Shape[0] * Outputs[0].Shape[1] * Outputs[0].Blocks;

    public override void Run(in PlanRun run, int share, int shares)
    {
        var (input, output) = (Inputs[0], Outputs[0]);
        var (rows, blocks) = (output.Shape[1], output.Blocks);
        var (first, count) = Split(Units, share, shares);
        for (var unit = first; unit < first + count; unit++)
        {
            var (picture, block, row) = (unit / (blocks * rows), unit / rows % blocks, unit % rows);
            var source = run.Pointer(input) + input.FirstPixel + (picture * input.Layout.PictureStride) + (block * input.Layout.BlockStride);
            var target = run.Pointer(output) + output.FirstPixel + (picture * output.Layout.PictureStride) + (block * output.Layout.BlockStride)
                + (row * output.Layout.RowStride);
            RunRow(source, target, row);
        }
    }

    private void RunRow(float* source, float* target, int row)
    {
        var shape = Inputs[0].Shape;
        var top = (row * _window.Strides.Height) - _top;
        var (firstRow, endRow) = (Math.Max(top, 0), Math.Min(top + _window.Kernel.Height, shape[1]));
        for (var x = 0; x < Outputs[0].Shape[2]; x++, target += 16)
        {
            var left = (x * _window.Strides.Width) - _left;
            var (firstColumn, endColumn) = (Math.Max(left, 0), Math.Min(left + _window.Kernel.Width, shape[2]));
            var result = TLanes.Create(_mean ? 0 : float.NegativeInfinity);
            for (var y = firstRow; y < endRow; y++)
            {
                var cell = source + (y * Inputs[0].Layout.RowStride) + (firstColumn * 16);
                for (var column = firstColumn; column < endColumn; column++, cell += 16)
                {
                    var value = TLanes.Load(cell);
                    result = _mean ? result + value : TLanes.Larger(result, value);
                }
            }

            (_mean ? result / TLanes.Create((endRow - firstRow) * (endColumn - firstColumn)) : result).Store(target);
        }
    }
}
