using Pipeline.Inference.Graphs;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Puts each channel of a picture several times after itself, into blocks: what a depthwise convolution with several results a channel reads.</summary>
internal sealed unsafe class RepeatChannelsStep : PlanStep
{
    private const int Block = Layout.BlockSize;

    // Where each channel of the result lies in the source, from the start of its pixel.
    private readonly nint[] _places;

    /// <param name="input">Plain or blocked.</param>
    /// <param name="output">Blocked; its channels are a multiple of the input's.</param>
    public RepeatChannelsStep(string name, PlanValue input, PlanValue output)
        : base(name, [input], [output])
    {
        var times = output.Shape[3] / input.Shape[3];
        _places = new nint[output.Shape[3]];
        for (var channel = 0; channel < _places.Length; channel++)
        {
            var source = channel / times;
            _places[channel] = input.IsBlocked ? (nint)(source / Block * input.Layout.BlockStride) + (source % Block) : source;
        }
    }

    public override int Units => Outputs[0].Shape[0] * Outputs[0].Blocks * Outputs[0].Shape[1];

    public override void Run(in PlanRun run, int share, int shares)
    {
        var (from, to) = (Inputs[0], Outputs[0]);
        var pixel = from.IsBlocked ? Block : from.Shape[3];
        var (first, count) = Split(Units, share, shares);
        for (var unit = first; unit < first + count; unit++)
        {
            var (plane, row) = (unit / to.Shape[1], unit % to.Shape[1]);
            var places = _places.AsSpan(plane % to.Blocks * Block);
            places = places.Length > Block ? places[..Block] : places;
            var source = run.Pointer(from) + from.PlaneStart(plane / to.Blocks * from.Planes) + (row * from.Layout.RowStride);
            var target = run.Pointer(to) + to.PlaneStart(plane) + (row * to.Layout.RowStride);
            for (var x = 0; x < to.Shape[2]; x++, source += pixel, target += Block)
            {
                for (var lane = 0; lane < places.Length; lane++)
                {
                    target[lane] = source[places[lane]];
                }
            }
        }
    }
}
