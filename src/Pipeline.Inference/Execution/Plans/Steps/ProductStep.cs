using Pipeline.Inference.Execution.Plans.Products;
using Pipeline.Inference.Kernels.Products;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Products of matrices: plain ones with packed ones into a plain value.</summary>
internal sealed unsafe class ProductStep : PlanStep
{
    // Fewer units than that make shares of unlike size.
    private const int Many = 8;

    private readonly ProductShape _shape;
    private readonly ProductTiles _tiles;
    private readonly ProductEpilogue _epilogue;
    private readonly PlanValue _panels;
    private readonly ProductCall _call;
    private readonly int _unitsOfAMatrix;
    private readonly bool _dividesColumns;

    /// <param name="panels">The right matrices, packed: made by a <see cref="PackStep"/>, or constant.</param>
    public ProductStep(string name, ProductShape shape, ProductTiles tiles, PlanValue left, PlanValue panels, ProductEpilogue epilogue, PlanValue output)
        : base(name, [left, .. panels.Constant is null ? [panels] : Array.Empty<PlanValue>(), .. epilogue.Residual is { } residual ? [residual] : Array.Empty<PlanValue>()], [output])
    {
        _shape = shape;
        _tiles = tiles;
        _epilogue = epilogue;
        _panels = panels;
        _call = new ProductCall
        {
            RowStride = (nint)shape.Rows.Left,
            DepthStride = shape.LeftDepth,
            Depth = shape.Depth,
            PanelStride = (nint)shape.PanelFloats,
            OutputRowStride = (nint)shape.Rows.Output,
        };
        var rowUnits = (shape.Rows.Size + TileRows - 1) / TileRows;
        var columnUnits = (shape.Columns + TileColumns - 1) / TileColumns;
        _dividesColumns = (long)shape.Matrices * rowUnits < Math.Min(Many, (long)shape.Matrices * columnUnits);
        _unitsOfAMatrix = _dividesColumns ? columnUnits : rowUnits;
    }

    public override long MultiplyAdds => _shape.MultiplyAdds;

    public override int Units => checked(_shape.Matrices * _unitsOfAMatrix);

    public override long Nanoseconds => StepCost.Nanoseconds(MultiplyAdds, Inputs.Append(_panels).Concat(Outputs).Sum(value => value.Length));

    private int TileRows => _tiles.Rows.Span[0];

    private int TileColumns => _tiles.Panels(Math.Min(TileRows, _shape.Rows.Size)) * 16;

    public override void Run(in PlanRun run, int share, int shares)
    {
        var left = run.Pointer(Inputs[0]);
        var panels = run.Pointer(_panels);
        var output = run.Pointer(Outputs[0]);
        var finish = _epilogue.Function;
        finish.HasResidual = _epilogue.Residual is not null;
        finish.ResidualOffset = _epilogue.Residual is { } residual ? (nint)(run.Pointer(residual) - output) : 0;
        var (first, count) = Split(Units, share, shares);
        while (count > 0)
        {
            var (matrix, unit) = Math.DivRem(first, _unitsOfAMatrix);
            var now = Math.Min(count, _unitsOfAMatrix - unit);
            var (row, rows) = _dividesColumns ? (0, _shape.Rows.Size) : (unit * TileRows, Math.Min(now * TileRows, _shape.Rows.Size - (unit * TileRows)));
            var (column, columns) = _dividesColumns ? (unit * TileColumns, Math.Min(now * TileColumns, _shape.Columns - (unit * TileColumns))) : (0, _shape.Columns);
            var offsets = _shape.Offsets(matrix);
            finish.Scale = _epilogue.Scale is { } scale ? scale.Pointer + column : null;
            ProductRunner.Run(
                _tiles,
                in _call,
                in finish,
                left + offsets.Left + (row * _shape.Rows.Left),
                panels + offsets.Right + (column / 16 * _shape.PanelFloats),
                _epilogue.Bias.Pointer + column,
                output + offsets.Output + (row * _shape.Rows.Output) + column,
                rows,
                columns);
            first += now;
            count -= now;
        }
    }
}
