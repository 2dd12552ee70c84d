namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Copies a plain picture into a larger one with zeros around it, for a convolution that reads plain rows.</summary>
internal sealed unsafe class BorderStep : PlanStep
{
    private readonly int _top;
    private readonly int _left;

    /// <param name="bordered">Its shape is that of the picture with the borders.</param>
    public BorderStep(PlanValue plain, PlanValue bordered, int top, int left)
        : base($"{plain.Name}/border", [plain], [bordered])
    {
        _top = top;
        _left = left;
    }

    public override int Units => Outputs[0].Shape[0] * Outputs[0].Shape[1];

    public override void Run(in PlanRun run, int share, int shares)
    {
        var (from, to) = (Inputs[0].Shape, Outputs[0].Shape);
        var (rowFrom, rowTo, left) = (from[2] * from[3], to[2] * to[3], _left * to[3]);
        var (first, count) = Split(Units, share, shares);
        for (var unit = first; unit < first + count; unit++)
        {
            var target = new Span<float>(run.Pointer(Outputs[0]) + ((long)unit * rowTo), rowTo);
            var row = (unit % to[1]) - _top;
            if (row < 0 || row >= from[1])
            {
                target.Clear();
                continue;
            }

            var source = run.Pointer(Inputs[0]) + (((unit / to[1] * (long)from[1]) + row) * rowFrom);
            target[..left].Clear();
            new ReadOnlySpan<float>(source, rowFrom).CopyTo(target[left..]);
            target[(left + rowFrom)..].Clear();
        }
    }
}
