using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Kernels.Pooling;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>The largest or the mean of each window of a blocked value; cells outside the picture are not looked at. A NaN makes its window NaN.</summary>
internal sealed unsafe class PoolStep<TLanes> : PlanStep
    where TLanes : struct, ILanes<TLanes>
{
    private const int Block = Graphs.Layout.BlockSize;

    private readonly PictureWindow _window;
    private readonly delegate*<float*, nint, int, int, nint, float*, int, void> _kernel;
    private readonly int _top;
    private readonly int _left;
    private readonly BlockedRows _rows;
    private readonly int _firstInside;
    private readonly int _endInside;

    public PoolStep(string name, PictureWindow window, bool mean, PlanValue input, PlanValue output)
        : base(name, [input], [output])
    {
        _window = window;
        _kernel = mean ? &PoolKernel.Run<TLanes, MeanPool> : &PoolKernel.Run<TLanes, MaximumPool>;
        _rows = new BlockedRows(output.Shape[0], output.Blocks, output.Shape[1]);
        (_top, _left) = window.Border(input.Shape, output.Shape);
        var (stride, room) = (window.Strides.Width, input.Shape[2] + _left - window.Kernel.Width);
        _firstInside = Math.Min((_left + stride - 1) / stride, output.Shape[2]);
        _endInside = room < 0 ? _firstInside : Math.Clamp((room / stride) + 1, _firstInside, output.Shape[2]);
    }

    public override int Units => _rows.Units;

    public override void Run(in PlanRun run, int share, int shares)
    {
        var (input, output) = (Inputs[0], Outputs[0]);
        var (first, count) = Split(Units, share, shares);
        for (var rows = _rows.Of(first, count); rows.MoveNext();)
        {
            var (plane, row) = (rows.Plane, rows.Row);
            var source = run.Pointer(input) + input.PlaneStart(plane);
            var target = run.Pointer(output) + output.PlaneStart(plane) + (row * output.Layout.RowStride);
            RunRow(source, target, row);
        }
    }

    private void RunRow(float* source, float* target, int row)
    {
        var top = (row * _window.Strides.Height) - _top;
        var firstRow = Math.Max(top, 0);
        var rows = Math.Min(top + _window.Kernel.Height, Inputs[0].Shape[1]) - firstRow;
        source += firstRow * Inputs[0].Layout.RowStride;
        RunBorder(source, rows, target, 0, _firstInside);
        if (_endInside > _firstInside)
        {
            var cells = source + (((_firstInside * _window.Strides.Width) - _left) * Block);
            _kernel(
                cells, (nint)Inputs[0].Layout.RowStride, rows, _window.Kernel.Width, _window.Strides.Width * Block, target + (_firstInside * Block),
                _endInside - _firstInside);
        }

        RunBorder(source, rows, target, _endInside, Outputs[0].Shape[2]);
    }

    /// <summary>Windows that stand partly outside the picture, one by one.</summary>
    private void RunBorder(float* source, int rows, float* target, int first, int end)
    {
        for (var x = first; x < end; x++)
        {
            var left = (x * _window.Strides.Width) - _left;
            var column = Math.Max(left, 0);
            var columns = Math.Min(left + _window.Kernel.Width, Inputs[0].Shape[2]) - column;
            _kernel(source + (column * Block), (nint)Inputs[0].Layout.RowStride, rows, columns, Block, target + (x * Block), 1);
        }
    }
}
