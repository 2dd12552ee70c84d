using Pipeline.Inference.Execution.Plans.Products;
using Pipeline.Inference.Kernels.Products;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Packs the right matrices of a product into panels.</summary>
internal sealed unsafe class PackStep : PlanStep
{
    private readonly ProductShape _shape;

    public PackStep(ProductShape shape, PlanValue right, PlanValue panels)
        : base(panels.Name, [right], [panels])
    {
        _shape = shape;
    }

    public override int Units => checked(_shape.RightMatrices * _shape.Panels);

    public override void Run(in PlanRun run, int share, int shares)
    {
        var source = run.Pointer(Inputs[0]);
        var target = run.Pointer(Outputs[0]);
        var (first, count) = Split(Units, share, shares);
        for (var unit = first; unit < first + count; unit++)
        {
            var (matrix, panel) = Math.DivRem(unit, _shape.Panels);
            var columns = _shape.RightColumns.AsSpan(panel * 16, Math.Min(16, _shape.Columns - (panel * 16)));
            PanelPacking.Run(source + _shape.RightOffset(matrix), _shape.RightDepths, columns, target + (unit * _shape.PanelFloats));
        }
    }
}
