using Pipeline.Inference.Execution.Plans.Moves;
using Pipeline.Inference.Kernels.Moves;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Moves boxes of elements of plain values to other places: transpositions, slices, joins, repetitions.</summary>
internal sealed unsafe class MoveStep : PlanStep
{
    private readonly MoveBox[] _boxes;
    private readonly PlanValue[] _sources;

    /// <param name="sources">What the boxes' inputs are the numbers of; constants among them.</param>
    /// <param name="outputs">What the boxes' outputs are the numbers of.</param>
    public MoveStep(string name, MoveBox[] boxes, PlanValue[] sources, PlanValue[] outputs)
        : base(name, [.. sources.Where(source => source.Constant is null)], outputs)
    {
        _boxes = boxes;
        _sources = sources;
        Units = boxes.Aggregate(0, (units, box) => checked(units + (box.Planes * box.UnitsOfAPlane)));
    }

    public override int Units { get; }

    public override void Run(in PlanRun run, int share, int shares)
    {
        var (first, count) = Split(Units, share, shares);
        foreach (var box in _boxes)
        {
            var units = box.Planes * box.UnitsOfAPlane;
            var now = Math.Min(count, units - first);
            if (now > 0)
            {
                Move(in run, box, first, now);
                count -= now;
            }

            first = Math.Max(0, first - units);
        }
    }

    private void Move(in PlanRun run, MoveBox box, int first, int count)
    {
        var source = run.Pointer(_sources[box.Input]);
        var target = run.Pointer(Outputs[box.Output]);
        for (var unit = first; unit < first + count; unit++)
        {
            var (plane, part) = Math.DivRem(unit, box.UnitsOfAPlane);
            var row = part * box.UnitRows;
            var (from, to) = box.Offsets(plane);
            StridedPlane.Copy(
                source + from + (row * box.Rows.Source), (nint)box.Rows.Source, (nint)box.Columns.Source,
                target + to + (row * box.Rows.Target), (nint)box.Rows.Target, (nint)box.Columns.Target,
                Math.Min(box.UnitRows, box.Rows.Size - row), box.Columns.Size);
        }
    }
}
