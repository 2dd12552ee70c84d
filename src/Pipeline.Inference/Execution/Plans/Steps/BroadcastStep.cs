using Pipeline.Inference.Execution.Plans.Products;
using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>A function of the elements of two plain values, each of which may be broadcast.</summary>
internal sealed unsafe class BroadcastStep<TLanes, TFunction> : PlanStep
    where TLanes : struct, ILanes<TLanes>
    where TFunction : struct, ILanesFunction
{
    private readonly ProductAxis _row;
    private readonly ProductAxis[] _outer;
    private readonly PlanValue _first;
    private readonly PlanValue _second;

    /// <param name="axes">Innermost first; the first value has all elements of that one, the second has them or one for all.</param>
    public BroadcastStep(string name, IReadOnlyList<ProductAxis> axes, PlanValue first, PlanValue second, PlanValue output)
        : base(name, [.. new[] { first, second }.Where(value => value.Constant is null)], [output])
    {
        _row = axes.Count > 0 ? axes[0] : new ProductAxis(1, 1, 1, 1);
        _outer = [.. axes.Skip(1)];
        _first = first;
        _second = second;
        Units = _outer.Aggregate(1, (count, axis) => checked(count * axis.Size));
    }

    public override int Units { get; }

    public override void Run(in PlanRun run, int share, int shares)
    {
        var first = run.Pointer(_first);
        var second = run.Pointer(_second);
        var output = run.Pointer(Outputs[0]);
        var (start, count) = Split(Units, share, shares);
        for (var unit = start; unit < start + count; unit++)
        {
            var (a, b, to, rest) = (0L, 0L, 0L, unit);
            foreach (var axis in _outer)
            {
                (rest, var place) = Math.DivRem(rest, axis.Size);
                a += place * axis.Left;
                b += place * axis.Right;
                to += place * axis.Output;
            }

            LanesLoop.Run<TLanes, TFunction>(first + a, second + b, _row.Right == 0, output + to, _row.Size, 0, 0);
        }
    }
}
