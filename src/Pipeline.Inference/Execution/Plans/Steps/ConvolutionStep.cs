using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Convolution;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>A convolution (or product) of a blocked or row-wise value into a blocked one.</summary>
internal sealed unsafe class ConvolutionStep : PlanStep
{
    private readonly ConvolutionSizes _sizes;
    private readonly PackedWeights _weights;
    private readonly PackedWeights _bias;
    private readonly nint[] _tapOffsets;
    private readonly ConvolutionRunner _runner;
    private readonly PlanValue? _residual;

    public ConvolutionStep(string name, ConvolutionSizes sizes, PackedWeights weights, PackedWeights bias, PlanValue input, PlanValue output, PlanValue? residual)
        : base(name, residual is null ? [input] : [input, residual], [output])
    {
        _sizes = sizes;
        _weights = weights;
        _bias = bias;
        _residual = residual;
        _tapOffsets = sizes.TapOffsets;
        _runner = ConvolutionRunner.Create<ClampEpilogue>(KernelTiers.Live, sizes.Geometry, sizes.Panels);
    }

    public override long MultiplyAdds => _sizes.MultiplyAdds;

    public override void Run(in PlanRun run, int share, int shares)
    {
        var input = run.Pointer(Inputs[0]) + _sizes.InputStart;
        var output = run.Pointer(Outputs[0]) + _sizes.OutputStart;
        fixed (nint* taps = _tapOffsets)
        {
            var call = _sizes.Call;
            call.TapOffsets = taps;
            call.HasResidual = _residual is not null;
            call.ResidualOffset = _residual is null ? 0 : (nint)(run.Pointer(_residual) + _sizes.OutputStart - output);
            var rows = _sizes.Geometry.Rows;
            var (first, count) = Split(_sizes.Pictures * rows, share, shares);
            while (count > 0)
            {
                var (picture, row) = (first / rows, first % rows);
                var now = Math.Min(count, rows - row);
                _runner.Run(
                    in call, input + (picture * _sizes.InputPictureStride), _weights.Pointer, _bias.Pointer,
                    output + (picture * _sizes.OutputPictureStride), row, now);
                first += now;
                count -= now;
            }
        }
    }
}
