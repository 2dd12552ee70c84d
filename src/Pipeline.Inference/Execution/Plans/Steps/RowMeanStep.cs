using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>The mean of each row of the last dimension of a plain value. A NaN makes its row's mean NaN.</summary>
internal sealed unsafe class RowMeanStep<TLanes> : PlanStep
    where TLanes : struct, ILanes<TLanes>
{
    public RowMeanStep(string name, PlanValue input, PlanValue output)
        : base(name, [input], [output])
    {
    }

    public override int Units => Inputs[0].Shape.ElementCount / Inputs[0].Shape[^1];

    public override void Run(in PlanRun run, int share, int shares)
    {
        var width = Inputs[0].Shape[^1];
        var (first, count) = Split(Units, share, shares);
        for (var row = first; row < first + count; row++)
        {
            var source = run.Pointer(Inputs[0]) + ((long)row * width);
            run.Pointer(Outputs[0])[row] = (float)(LanesRow.Sum<TLanes>(source, width) / width);
        }
    }
}
