using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Softmax of each row of a plain value; the row's maximum is taken off first. A NaN makes its row NaN.</summary>
internal sealed unsafe class SoftmaxStep<TLanes> : PlanStep
    where TLanes : struct, ILanes<TLanes>
{
    public SoftmaxStep(string name, PlanValue input, PlanValue output)
        : base(name, [input], [output])
    {
    }

    public override int Units => Inputs[0].Shape.ElementCount / Inputs[0].Shape[^1];

    public override void Run(in PlanRun run, int share, int shares)
    {
        var shape = Inputs[0].Shape;
        var width = shape[^1];
        var (first, count) = Split(Units, share, shares);
        for (var row = first; row < first + count; row++)
        {
            RunRow(run.Pointer(Inputs[0]) + ((long)row * width), run.Pointer(Outputs[0]) + ((long)row * width), width);
        }
    }

    private static void RunRow(float* source, float* target, int width)
    {
        var sum = LanesRow.Exponentials<TLanes>(source, target, width, LanesRow.Largest<TLanes>(source, width));
        var factor = (float)(1 / sum);
        LanesLoop.Run<TLanes, LanesFunctions.Multiply>(target, &factor, true, target, width, 0, 0);
    }
}
