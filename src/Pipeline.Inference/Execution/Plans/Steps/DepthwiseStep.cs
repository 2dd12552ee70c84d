using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Convolution;
using Pipeline.Inference.Kernels.Depthwise;
using Pipeline.Inference.Kernels.Lanes;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>A depthwise convolution of a blocked value.</summary>
internal sealed unsafe class DepthwiseStep : PlanStep
{
    private readonly ConvolutionSizes _sizes;
    private readonly PackedWeights _weights;
    private readonly PackedWeights _bias;
    private readonly nint[] _tapOffsets;
    private readonly DepthwiseTiles _tiles;
    private readonly RowFunction? _finish;
    private readonly BlockedRows _rows;

    public DepthwiseStep(string name, ConvolutionSizes sizes, PackedWeights weights, PackedWeights bias, PlanValue input, PlanValue output)
        : base(name, [input], [output])
    {
        _sizes = sizes;
        _weights = weights;
        _bias = bias;
        _tapOffsets = sizes.TapOffsets;
        _rows = new BlockedRows(sizes.Pictures, sizes.Panels, sizes.Geometry.Rows);
        var isWide3 = sizes is { TapsOfARow: 3, TapOffsets: [_, 16, 32, ..] };
        _tiles = sizes.IsHardSwish
            ? DepthwiseTiles.Select<HardSwishEpilogue>(KernelTiers.Live, sizes.Geometry.InputPixelStride, isWide3)
            : DepthwiseTiles.Select<ClampEpilogue>(KernelTiers.Live, sizes.Geometry.InputPixelStride, isWide3);
        _finish = sizes.Function is { } function && !sizes.IsHardSwish ? RowFunction.Create(KernelTiers.Live, function) : null;
    }

    public override long MultiplyAdds => _sizes.MultiplyAdds;

    public override int Units => _rows.Units;

    public override void Run(in PlanRun run, int share, int shares)
    {
        var geometry = _sizes.Geometry;
        fixed (nint* taps = _tapOffsets)
        {
            var call = _sizes.Call;
            call.TapOffsets = taps;
            var (first, count) = Split(Units, share, shares);
            for (var rows = _rows.Of(first, count); rows.MoveNext();)
            {
                var (picture, block, row) = (rows.Picture, rows.Block, rows.Row);
                var input = run.Pointer(Inputs[0]) + _sizes.InputStart + (picture * _sizes.InputPictureStride) + (block * call.InputBlockStride);
                var output = run.Pointer(Outputs[0]) + _sizes.OutputStart + (picture * _sizes.OutputPictureStride) + (block * call.OutputBlockStride);
                var target = output + (row * geometry.OutputRowStride);
                _tiles.RunRow(
                    geometry.Width, geometry.InputPixelStride, in call, input + (row * geometry.InputRowStride),
                    _weights.Pointer + (block * call.Taps * 16), _bias.Pointer + (block * 16), target);
                _finish?.Apply(target, geometry.Width * 16);
            }
        }
    }
}
