using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Reduces a plain value along neighbouring dimensions.</summary>
internal sealed unsafe class ReduceStep<TLanes, TReduction> : PlanStep
    where TLanes : struct, ILanes<TLanes>
    where TReduction : struct, ILanesReduction
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly float _divisor;

    /// <param name="rows">Elements along the dimensions that vanish.</param>
    /// <param name="columns">Elements along those behind them.</param>
    /// <param name="divisor">What results are divided by.</param>
    public ReduceStep(string name, int rows, int columns, float divisor, PlanValue input, PlanValue output)
        : base(name, [input], [output])
    {
        _rows = rows;
        _columns = columns;
        _divisor = divisor;
    }

    public override int Units => Outputs[0].Shape.ElementCount / _columns;

    public override void Run(in PlanRun run, int share, int shares)
    {
        var source = run.Pointer(Inputs[0]);
        var target = run.Pointer(Outputs[0]);
        var (first, count) = Split(Units, share, shares);
        for (long matrix = first; matrix < first + count; matrix++)
        {
            LanesColumns.Run<TLanes, TReduction>(source + (matrix * _rows * _columns), _rows, _columns, target + (matrix * _columns), _divisor);
        }
    }
}
