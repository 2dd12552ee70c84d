using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>(x − mean) / sqrt(variance + ε) · scale + offset of each row of a plain value. A NaN makes its row NaN.</summary>
internal sealed unsafe class LayerNormalizationStep<TLanes> : PlanStep
    where TLanes : struct, ILanes<TLanes>
{
    private readonly float _epsilon;
    private readonly PackedWeights _scale;
    private readonly PackedWeights _offset;

    /// <param name="scale">One number for each element of a row, filled up to whole blocks of 16.</param>
    /// <param name="offset">As <paramref name="scale"/>.</param>
    public LayerNormalizationStep(string name, float epsilon, PackedWeights scale, PackedWeights offset, PlanValue input, PlanValue output)
        : base(name, [input], [output])
    {
        _epsilon = epsilon;
        _scale = scale;
        _offset = offset;
    }

    public override int Units => Inputs[0].Shape.ElementCount / Inputs[0].Shape[^1];

    public override void Run(in PlanRun run, int share, int shares)
    {
        var width = Inputs[0].Shape[^1];
        var (first, count) = Split(Units, share, shares);
        for (long row = first; row < first + count; row++)
        {
            var source = run.Pointer(Inputs[0]) + (row * width);
            var mean = (float)(LanesRow.Sum<TLanes>(source, width) / width);
            var variance = LanesRow.SumOfSquares<TLanes>(source, width, mean) / width;
            var factor = (float)(1 / Math.Sqrt(variance + _epsilon));
            LanesRow.Normalize<TLanes>(source, run.Pointer(Outputs[0]) + (row * width), width, mean, factor, _scale.Pointer, _offset.Pointer);
        }
    }
}
