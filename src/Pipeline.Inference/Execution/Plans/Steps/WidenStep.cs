using System.Numerics;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Turns a value of another type, which is held outside the arena, into float32.</summary>
internal sealed unsafe class WidenStep<T> : PlanStep
    where T : unmanaged, INumber<T>
{
    // Elements of a share's smallest part.
    private const int Part = 4096;

    public WidenStep(string name, PlanValue held, PlanValue output)
        : base(name, [held], [output])
    {
    }

    public override bool NeedsTensors => Inputs[0].HeldInput is null;

    public override int Units => (Outputs[0].Shape.ElementCount + Part - 1) / Part;

    public override void Run(in PlanRun run, int share, int shares)
    {
        var (first, count) = Split(Units, share, shares);
        var start = first * Part;
        var all = Inputs[0].HeldInput is { } input
            ? new ReadOnlySpan<T>(run.Input(input), Outputs[0].Shape.ElementCount)
            : ((Tensor)run.Interpreted.Get(Inputs[0])).Elements<T>();
        var source = all[start..Math.Min((first + count) * Part, all.Length)];
        var target = new Span<float>(run.Pointer(Outputs[0]) + start, source.Length);
        for (var index = 0; index < target.Length; index++)
        {
            target[index] = float.CreateTruncating(source[index]);
        }
    }
}
